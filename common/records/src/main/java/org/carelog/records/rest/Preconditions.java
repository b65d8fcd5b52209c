package org.carelog.records.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.store.StoredVersion;

/**
 * The headers that make a request depend on a version.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#concurrency">FHIR R4, If-Match</a>
 * @see <a href="https://hl7.org/fhir/R4/http.html#cread">FHIR R4, conditional read</a>
 */
final class Preconditions {
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private Preconditions() {}

    static String etag(long version) {
        return "W/\"" + version + "\"";
    }

    static String httpDate(Instant instant) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
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
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
    }

    /** Whether the client has this version already. If-None-Match, where given, decides alone (RFC 9110, 13.2.2). */
    static boolean notModified(FhirRequest request, StoredVersion version) {
        return request.header("If-None-Match")
                .map(tags -> Stream.of(tags.split(","))
                        .map(String::strip)
                        .anyMatch(tag ->
                                tag.equals("*") || tag.replaceFirst("^W/", "").equals("\"" + version.version() + "\"")))
                .orElseGet(() -> request.header("If-Modified-Since")
                        .map(since -> !version.lastUpdated()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .isAfter(instant(since)))
                        .orElse(false));
    }

    /** A date that cannot be read is as none (RFC 9110, 13.1.3). */
    private static Instant instant(String httpDate) {
        try {
            return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }
}
