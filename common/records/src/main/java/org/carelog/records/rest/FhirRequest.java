package org.carelog.records.rest;

import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.carelog.events.ServiceClock;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.QueryString;

/**
 * A request as the gate reads it: one of HTTP, or an entry of a Bundle that stands for one. The body is read when it is
 * asked for.
 */
final class FhirRequest {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9\\-._]{1,64}");

    static final String CONTENT_TYPE = "application/fhir+json;charset=UTF-8";

    private final String method;
    private final String path;
    private final String query;
    private final UnaryOperator<String> headers;
    private final InputStream body;
    private final BodyReader reader;
    private final String networkAddress;
    private final String requestId;
    private final Instant at;

    private FhirRequest(
            String method,
            String path,
            String query,
            UnaryOperator<String> headers,
            InputStream body,
            BodyReader reader,
            String networkAddress,
            String requestId,
            Instant at) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.reader = reader;
        this.networkAddress = networkAddress;
        this.requestId = requestId;
        this.at = at;
    }

    static FhirRequest of(AsSent sent, HttpServerRequest http, InputStream body, BodyReader reader) {
        String given = http.getHeader("X-Request-Id");
        return new FhirRequest(
                sent.method(),
                sent.path(),
                sent.query(),
                name -> sent.header(name, http.headers()),
                body,
                reader,
                http.remoteAddress() == null ? "" : http.remoteAddress().hostAddress(),
                given != null && REQUEST_ID.matcher(given).matches()
                        ? given
                        : UUID.randomUUID().toString(),
                ServiceClock.now());
    }

    /**
     * The request that an entry of this one's Bundle stands for.
     *
     * @param url relative to the base, as R4 has it
     * @param entryHeaders by their names in lower case
     */
    FhirRequest entry(String entryMethod, String url, Map<String, String> entryHeaders, byte[] resource) {
        int question = url.indexOf('?');
        return new FhirRequest(
                entryMethod,
                "/fhir/" + (question < 0 ? url : url.substring(0, question)),
                question < 0 ? null : url.substring(question + 1),
                name -> entryHeaders.get(name.toLowerCase(Locale.ROOT)),
                new ByteArrayInputStream(resource),
                // it is in memory with the Bundle
                new BodyReader(reader.time(), _ -> {}),
                networkAddress,
                requestId,
                at);
    }

    /** The same search with the parameters of its body: the form of a POST {@code _search} is added to the query. */
    FhirRequest withForm(String form) {
        return new FhirRequest(
                method,
                path,
                query == null || query.isEmpty() ? form : query + "&" + form,
                headers,
                InputStream.nullInputStream(),
                reader,
                networkAddress,
                requestId,
                at);
    }

    String method() {
        return method;
    }

    /** The path's segments, decoded; none is empty. */
    List<String> path() {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(decode(segment.replace("+", "%2B")));
            }
        }
        return segments;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.apply(name));
    }

    /** The query as it came, for the journal. */
    String query() {
        return query;
    }

    /** The query's parameters in their order, decoded. */
    List<Map.Entry<String, String>> parameters() {
        return QueryString.parse(query);
    }

    /** The parameters that choose resources: without those that shape the answer. */
    List<Map.Entry<String, String>> criteria() {
        return criteria(query);
    }

    /** The criteria of If-None-Exist, which some clients write as a whole search URL; null without the header. */
    List<Map.Entry<String, String>> ifNoneExist() {
        return header("If-None-Exist")
                .map(criteria -> criteria(criteria.replaceFirst("^[^?=]*\\?", "")))
                .orElse(null);
    }

    private static List<Map.Entry<String, String>> criteria(String query) {
        return QueryString.parse(query).stream()
                .filter(parameter -> !Negotiation.PARAMETERS.contains(parameter.getKey()))
                .toList();
    }

    Optional<String> parameter(String name) {
        return parameters().stream()
                .filter(entry -> entry.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The body, of at most so many bytes. */
    byte[] body(long limit) {
        OptionalLong told = contentLength();
        if (told.orElse(0) > limit) {
            throw new FhirProblemException(new FhirProblem.TooLarge(limit));
        }
        return reader.read(body, told, limit);
    }

    private OptionalLong contentLength() {
        return header("Content-Length")
                .filter(length -> length.matches("\\d{1,18}"))
                .map(length -> OptionalLong.of(Long.parseLong(length)))
                .orElse(OptionalLong.empty());
    }

    /** Whether it is a POST with a body: without one there is no type of it. */
    boolean posts() {
        return method.equals("POST") && header("Content-Type").isPresent();
    }

    String requestId() {
        return requestId;
    }

    Instant at() {
        return at;
    }

    String networkAddress() {
        return networkAddress;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new FhirProblemException(new FhirProblem.MalformedEscape());
        }
    }
}
