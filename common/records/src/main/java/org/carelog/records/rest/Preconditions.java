package org.carelog.records.rest;

import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HttpDate;
import org.carelog.records.store.StoredVersion;

/**
 * The headers that make a request depend on a version.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#concurrency">FHIR R4, If-Match</a>
 * @see <a href="https://hl7.org/fhir/R4/http.html#cread">FHIR R4, conditional read</a>
 */
final class Preconditions {
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7e]*)\"");
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}");

    /** That of a tag that we never gave: no resource has it. */
    private static final long NO_VERSION = 0;

    private Preconditions() {}

    static String etag(long version) {
        return "W/\"" + version + "\"";
    }

    static OptionalLong ifMatch(FhirRequest request) {
        return request.header("If-Match").map(Preconditions::version).orElseGet(OptionalLong::empty);
    }

    private static OptionalLong version(String etag) {
        Matcher matcher = ETAG.matcher(etag.strip());
        if (!matcher.matches()) {
            throw new FhirProblemException(
                    new FhirProblem.InvalidHeader("If-Match", "one version as an ETag is expected, such as W/\"3\""));
        }
        String tag = matcher.group(1);
        return OptionalLong.of(VERSION.matcher(tag).matches() ? Long.parseLong(tag) : NO_VERSION);
    }

    /** Whether the client has this version already. If-None-Match, where given, decides alone (RFC 9110, 13.2.2). */
    static boolean notModified(FhirRequest request, StoredVersion version) {
        return request.header("If-None-Match")
                .map(tags -> Stream.of(tags.split(","))
                        .map(String::strip)
                        .anyMatch(tag ->
                                tag.equals("*") || tag.replaceFirst("^W/", "").equals("\"" + version.version() + "\"")))
                .orElseGet(() -> request.header("If-Modified-Since")
                        // one that cannot be read is as none (RFC 9110, 13.1.3)
                        .flatMap(HttpDate::parse)
                        .map(since -> !version.lastUpdated()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .isAfter(since))
                        .orElse(false));
    }
}
