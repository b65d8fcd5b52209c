package org.carelog.records.rest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.FhirXml;
import org.carelog.fhir.patch.ResourcePatch;

/**
 * A resource that is read is JSON or XML, the parameters of a search a form.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#mime-type">FHIR R4, content types and encodings</a>
 */
final class MediaTypes {
    private static final Set<String> JSON = Set.of("application/fhir+json", "application/json", "text/json");
    private static final Set<String> XML = Set.of("application/fhir+xml", "application/xml", "text/xml");

    private static final Set<String> RESOURCE =
            Stream.concat(JSON.stream(), XML.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> FORM = Set.of("application/x-www-form-urlencoded");
    private static final int LARGEST_FORM = 64 * 1024;

    private MediaTypes() {}

    /** The body as JSON, of at most so many bytes. */
    static byte[] json(FhirRequest request, long limit) {
        requireReadable(request, RESOURCE);
        byte[] body = request.body(limit);
        return XML.contains(name(request.header("Content-Type").orElse(""))) ? FhirXml.toJson(body) : body;
    }

    /** The same of an operation, which may have none: no bytes then. */
    static byte[] jsonIfAny(FhirRequest request, long limit) {
        return request.posts() ? json(request, limit) : new byte[0];
    }

    /**
     * The parameters in the body of a POST {@code _search}, undecoded; none without a body.
     *
     * @see <a href="https://hl7.org/fhir/R4/http.html#search">FHIR R4, search</a>
     */
    static String form(FhirRequest request) {
        if (request.header("Content-Type").isPresent()) {
            requireReadable(request, FORM);
        }
        return new String(request.body(LARGEST_FORM), StandardCharsets.UTF_8);
    }

    private static void requireReadable(FhirRequest request, Set<String> names) {
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
        if (!utf8 || !names.contains(name) || !isOfThisVersion(contentType)) {
            throw new FhirProblemException(new FhirProblem.UnsupportedMediaType());
        }
    }

    /**
     * Whether the media type is about R4, or about no version.
     *
     * @see <a href="https://hl7.org/fhir/R4/http.html#version-parameter">FHIR R4, FHIR version parameter</a>
     */
    static boolean isOfThisVersion(String mediaType) {
        return Stream.of(mediaType.toLowerCase(Locale.ROOT).replace("\"", "").split(";"))
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("fhirversion="))
                .allMatch(parameter -> parameter.matches("fhirversion=4\\.0(\\.\\d+)?"));
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
