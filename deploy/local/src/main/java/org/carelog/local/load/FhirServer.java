package org.carelog.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** The public API, as the load uses it. Thread-safe; calls block, and are meant for virtual threads. */
final class FhirServer {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String FHIR_JSON = "application/fhir+json";

    private final HttpClient http;
    private final String base;
    private final BearerTokens tokens;
    private final Retries retries;
    private final AtomicReference<Instant> lastAnswer = new AtomicReference<>(Instant.MIN);

    FhirServer(HttpClient http, URI base, BearerTokens tokens, Retries retries) {
        this.http = http;
        this.base = base.toString().replaceAll("/$", "");
        this.tokens = tokens;
        this.retries = retries;
    }

    /**
     * The types that can be written, by the server's own CapabilityStatement.
     *
     * @throws IOException when the server does not answer or answers something else
     */
    Set<String> hostedTypes() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request("/metadata").GET());
        if (response.statusCode() != 200) {
            throw new IOException("GET %s/metadata answered %d".formatted(base, response.statusCode()));
        }
        Set<String> types = new TreeSet<>();
        for (JsonNode resource : MAPPER.readTree(response.body()).at("/rest/0/resource")) {
            for (JsonNode interaction : resource.path("interaction")) {
                if (interaction.path("code").asText().equals("update")) {
                    types.add(resource.path("type").asText());
                }
            }
        }
        return types;
    }

    /**
     * PUTs the resource under its own id, which is safe to do again. 429, 503 and a lost connection are tried again
     * with growing pauses, as {@link Retries} says.
     */
    Upload put(InputResource resource) throws InterruptedException {
        return untilItEnds(request("/" + resource.reference())
                .header("Prefer", "return=minimal")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(resource.json())));
    }

    /** The same for several resources of one type, all different, in one transaction: all are stored or none. */
    Upload put(List<InputResource> resources) throws InterruptedException {
        if (resources.size() == 1) {
            return put(resources.getFirst());
        }
        return untilItEnds(request("")
                .header("Prefer", "return=minimal")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(TransactionJson.of(resources))));
    }

    private Upload untilItEnds(HttpRequest.Builder request) throws InterruptedException {
        Instant started = Instant.now();
        for (int attempt = 1; ; attempt++) {
            switch (attempt(request)) {
                case Attempt.Final end -> {
                    return end.upload();
                }
                case Attempt.Later later -> {
                    Duration pause = retries.pause(attempt, later.after());
                    if (Instant.now().plus(pause).isAfter(started.plus(retries.giveUpAfter()))) {
                        // Others get through: it is what was sent. Nobody does: it is the server.
                        return lastAnswer.get().isAfter(started)
                                ? new Upload.Refused(later.status(), later.reason())
                                : new Upload.Unavailable(later.reason());
                    }
                    Thread.sleep(pause);
                }
            }
        }
    }

    private Attempt attempt(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = send(request);
            int status = response.statusCode();
            return switch (status) {
                case 200, 201 -> {
                    lastAnswer.set(Instant.now());
                    yield new Attempt.Final(new Upload.Loaded());
                }
                case 429, 502, 503, 504 ->
                    new Attempt.Later(status, retryAfter(response), Outcome.reason(response.body()));
                default -> new Attempt.Final(refused(status, response.body()));
            };
        } catch (IOException e) {
            // Whether it arrived is not known; the same again does no harm.
            return new Attempt.Later(
                    0, Duration.ZERO, "no answer: " + e.getClass().getSimpleName());
        }
    }

    private static Upload refused(int status, byte[] body) {
        Map<Integer, Upload> ends = new TreeMap<>();
        Outcome.reasonsByEntry(body).forEach((place, reason) -> ends.put(place, refused(status, reason)));
        return ends.isEmpty() ? refused(status, Outcome.reason(body)) : new Upload.InPart(ends);
    }

    private static Upload refused(int status, String reason) {
        return status == 422 && reason.startsWith("not-found")
                ? new Upload.Early(status, reason)
                : new Upload.Refused(status, reason);
    }

    /** With a token; once more with a new one when it is not taken. */
    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        String token = tokens.current();
        HttpResponse<byte[]> response = send(request, token);
        if (response.statusCode() == 401) {
            tokens.reject(token);
            response = send(request, tokens.current());
        }
        return response;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, String token)
            throws IOException, InterruptedException {
        return http.send(
                request.setHeader("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Accept", FHIR_JSON)
                .header("Content-Type", FHIR_JSON);
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        try {
            return Duration.ofSeconds(
                    response.headers().firstValueAsLong("Retry-After").orElse(0));
        } catch (NumberFormatException aDate) {
            return Duration.ZERO;
        }
    }

    private sealed interface Attempt {
        record Final(Upload upload) implements Attempt {}

        record Later(int status, Duration after, String reason) implements Attempt {}
    }
}
