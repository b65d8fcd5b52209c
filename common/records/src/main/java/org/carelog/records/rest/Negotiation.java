package org.carelog.records.rest;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Representation;
import org.carelog.fhir.Representation.Format;
import org.carelog.fhir.Representation.Summary;

/**
 * The form in which the client wants the answer. {@code _format} decides where it is given, else the Accept header.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#mime-type">FHIR R4, content types and encodings</a>
 */
final class Negotiation {
    /** The parameters that shape an answer and choose nothing. */
    static final Set<String> PARAMETERS = Set.of("_format", "_pretty", "_summary", "_elements");

    private static final Set<String> JSON = Set.of("json", "application/fhir+json", "application/json", "text/json");
    private static final Set<String> XML = Set.of("xml", "application/fhir+xml", "application/xml", "text/xml");
    private static final Set<String> ANY = Set.of("*/*", "application/*", "text/*");

    private Negotiation() {}

    /** @throws FhirProblemException {@link FhirProblem.NotAcceptable} or {@link FhirProblem.InvalidSearchParameter} */
    static Representation representation(FhirRequest request) {
        return new Representation(format(request), pretty(request), summary(request), elements(request));
    }

    /** The same, for an entry of a Bundle: its format is the Bundle's, which becomes it as a whole. */
    static Representation representationInBundle(FhirRequest entry) {
        return new Representation(Format.JSON, false, summary(entry), elements(entry));
    }

    /** The same, for a refusal: where the client's wish cannot be met, JSON. */
    static Representation representationOfProblem(FhirRequest request) {
        try {
            return representation(request).whole();
        } catch (FhirProblemException e) {
            return Representation.STORED;
        }
    }

    /** A parameter that says again, in a link, how the client wants the answer. */
    static boolean isInLinks(String name, String value) {
        return PARAMETERS.contains(name) && !(name.equals("_summary") && value.equals("count"));
    }

    private static Format format(FhirRequest request) {
        return request.parameter("_format")
                .map(format -> named(format.replace(' ', '+')))
                .orElseGet(() -> accepted(request.header("Accept").orElse("*/*")));
    }

    private static Format named(String format) {
        if (JSON.contains(name(format))) {
            return Format.JSON;
        }
        if (XML.contains(name(format))) {
            return Format.XML;
        }
        throw new FhirProblemException(new FhirProblem.NotAcceptable());
    }

    /** The one that the client weighs more; JSON, if both the same. */
    private static Format accepted(String accept) {
        double json = weight(accept, JSON);
        double xml = weight(accept, XML);
        if (json <= 0 && xml <= 0) {
            throw new FhirProblemException(new FhirProblem.NotAcceptable());
        }
        return xml > json ? Format.XML : Format.JSON;
    }

    /** A range that names the format goes before one that takes any. */
    private static double weight(String accept, Set<String> names) {
        List<String> ranges =
                Stream.of(accept.split(",")).filter(MediaTypes::isOfThisVersion).toList();
        return ranges.stream()
                .filter(range -> names.contains(name(range)))
                .mapToDouble(Negotiation::quality)
                .max()
                .orElseGet(() -> ranges.stream()
                        .filter(range ->
                                ANY.contains(name(range)) || name(range).isEmpty())
                        .mapToDouble(Negotiation::quality)
                        .max()
                        .orElse(0));
    }

    private static double quality(String range) {
        for (String parameter : range.toLowerCase(Locale.ROOT).replace(" ", "").split(";")) {
            if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }

    private static String name(String mediaType) {
        return mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean pretty(FhirRequest request) {
        return switch (request.parameter("_pretty").orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("_pretty", "is true or false");
        };
    }

    private static Summary summary(FhirRequest request) {
        return switch (request.parameter("_summary").orElse("false")) {
            case "true" -> Summary.TRUE;
            case "text" -> Summary.TEXT;
            case "data" -> Summary.DATA;
            case "count" -> Summary.COUNT;
            case "false" -> Summary.FALSE;
            default -> throw invalid("_summary", "is one of true, text, data, count, false");
        };
    }

    private static List<String> elements(FhirRequest request) {
        List<String> elements = request.parameters().stream()
                .filter(parameter -> parameter.getKey().equals("_elements"))
                .flatMap(parameter -> Stream.of(parameter.getValue().split(",")))
                .toList();
        if (!elements.stream().allMatch(element -> element.matches("[A-Za-z][A-Za-z0-9.]{0,99}"))) {
            throw invalid("_elements", "is a list of names of elements, with commas between");
        }
        return elements;
    }

    private static FhirProblemException invalid(String name, String diagnostics) {
        return new FhirProblemException(new FhirProblem.InvalidSearchParameter(name, diagnostics));
    }
}
