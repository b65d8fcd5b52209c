package org.carelog.records.rest;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * What is read and written is JSON.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#mime-type">FHIR R4, content types and encodings</a>
 */
final class MediaTypes {
    private static final Set<String> READ = Set.of("application/fhir+json", "application/json", "text/json");
    private static final Set<String> ACCEPTED =
            Set.of("application/fhir+json", "application/json", "text/json", "application/*", "*/*", "text/*");
    private static final Set<String> FORMATS = Set.of("json", "application/fhir+json", "application/json", "text/json");

    private MediaTypes() {}

    /** {@code _format} decides where it is given, else the Accept header. */
    static void requireAcceptable(FhirRequest request) {
        boolean acceptable = request.parameter("_format")
                .map(format -> FORMATS.contains(name(format.replace(' ', '+'))))
                .orElseGet(() -> request.header("Accept")
                        .map(accept -> Stream.of(accept.split(",")).anyMatch(MediaTypes::isAccepted))
                        .orElse(true));
        if (!acceptable) {
            throw new FhirProblemException(new FhirProblem.NotAcceptable());
        }
    }

    static void requireReadable(FhirRequest request) {
        String contentType = request.header("Content-Type").orElse("");
        boolean utf8 = Stream.of(contentType.toLowerCase(Locale.ROOT).split(";"))
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("charset="))
                .allMatch(charset -> charset.replace("\"", "").equals("charset=utf-8"));
        if (!READ.contains(name(contentType)) || !utf8) {
            throw new FhirProblemException(new FhirProblem.UnsupportedMediaType());
        }
    }

    private static boolean isAccepted(String range) {
        String weight = range.replace(" ", "").toLowerCase(Locale.ROOT);
        boolean refused = weight.matches(".*;q=0(\\.0*)?(;.*)?");
        return !refused && (name(range).isEmpty() || ACCEPTED.contains(name(range)));
    }

    private static String name(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
