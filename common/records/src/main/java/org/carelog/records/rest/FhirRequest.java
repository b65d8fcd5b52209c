package org.carelog.records.rest;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/** An HTTP request as the gate reads it; the body is read when it is asked for. */
final class FhirRequest {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9\\-._]{1,64}");

    static final String CONTENT_TYPE = "application/fhir+json;charset=UTF-8";

    private final String method;
    private final HttpServerRequest http;
    private final InputStream body;
    private final String requestId;
    private final Instant at = Instant.now();

    FhirRequest(String method, HttpServerRequest http, InputStream body) {
        this.method = method;
        this.http = http;
        this.body = body;
        this.requestId = header("X-Request-Id")
                .filter(id -> REQUEST_ID.matcher(id).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    String method() {
        return method;
    }

    /** The path's segments, decoded; none is empty. */
    List<String> path() {
        List<String> segments = new ArrayList<>();
        for (String segment : http.path().split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(http.getHeader(name));
    }

    /** The query as it came, for the journal. */
    String query() {
        return http.query();
    }

    /** The query's parameters in their order, decoded. */
    List<Map.Entry<String, String>> parameters() {
        return parameters(http.query());
    }

    static List<Map.Entry<String, String>> parameters(String query) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        if (query == null || query.isEmpty()) {
            return parameters;
        }
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.add(Map.entry(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return parameters;
    }

    Optional<String> parameter(String name) {
        return parameters().stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The body, of at most so many bytes. */
    byte[] body(long limit) {
        try {
            byte[] bytes = body.readNBytes(Math.toIntExact(limit + 1));
            if (bytes.length > limit) {
                throw new FhirProblemException(new FhirProblem.TooLarge(limit));
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String requestId() {
        return requestId;
    }

    Instant at() {
        return at;
    }

    String networkAddress() {
        return http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress();
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FhirProblemException(new FhirProblem.UnknownAddress());
        }
    }
}
