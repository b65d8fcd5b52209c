package org.carelog.records.rest;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.FhirXml;
import org.carelog.fhir.patch.ResourcePatch;

/**
 * What is read is JSON or XML.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#mime-type">FHIR R4, content types and encodings</a>
 */
final class MediaTypes {
    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json", "text/json");
    private static final Set<String> XML = Set.of("application/fhir+xml", "application/xml", "text/xml");

    private MediaTypes() {}

    /** The body as JSON, of at most so many bytes. */
    static byte[] json(FhirRequest request, long limit) {
        requireReadable(request);
        byte[] body = request.body(limit);
        return XML.contains(name(request.header("Content-Type").orElse(""))) ? FhirXml.toJson(body) : body;
    }

    private static void requireReadable(FhirRequest request) {
        if (request.header("Content-Encoding")
                .filter(coding -> !coding.equals("identity"))
                .isPresent()) {
            throw new FhirProblemException(new FhirProblem.UnsupportedMediaType());
        }
        String contentType = request.header("Content-Type").orElse("");
        boolean utf8 = Stream.of(contentType.toLowerCase(Locale.ROOT).split(";"))
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("charset="))
                .allMatch(charset -> charset.replace("\"", "").equals("charset=utf-8"));
        String name = name(contentType);
        if (!utf8 || !(JSON.contains(name) || XML.contains(name))) {
            throw new FhirProblemException(new FhirProblem.UnsupportedMediaType());
        }
    }

    /** Whether the body is a JSON Patch; otherwise it is a patch as a resource. */
    static boolean isJsonPatch(FhirRequest request) {
        return switch (name(request.header("Content-Type").orElse(""))) {
            case ResourcePatch.JSON_MEDIA_TYPE -> true;
            case FhirJson.MEDIA_TYPE, FhirXml.MEDIA_TYPE -> false;
            default -> throw new FhirProblemException(new FhirProblem.UnsupportedPatchFormat());
        };
    }

    private static String name(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
