package org.carelog.system.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.carelog.system.history.Asked;
import org.carelog.system.history.Attempt;
import org.carelog.system.history.Content;
import org.carelog.system.history.Ending;
import org.carelog.system.history.Reference;
import org.carelog.system.history.Version;
import org.carelog.system.platform.Tokens;

/** Sends requests, each once, and notes how each ended. Thread-safe. */
public final class Client implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Tokens tokens;
    private final AttemptLog log;
    private final String prefix;
    private final AtomicLong count = new AtomicLong();

    /** @param prefix of every request id */
    public Client(Tokens tokens, AttemptLog log, String prefix) {
        this.tokens = tokens;
        this.log = log;
        this.prefix = prefix;
    }

    String nextMarker() {
        return prefix + "m" + count.incrementAndGet();
    }

    /**
     * @param user empty: without a token
     * @param service the one that has to answer
     * @param how headers and the like
     */
    Attempt send(
            String user, String service, Asked asked, URI address, byte[] body, UnaryOperator<HttpRequest.Builder> how)
            throws InterruptedException {
        String id = prefix + count.incrementAndGet();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("X-Request-Id", id)
                .header("Accept", "application/fhir+json")
                .method(asked.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", "application/fhir+json");
        }
        if (!user.isEmpty()) {
            request.header("Authorization", "Bearer " + tokens.of(user));
        }
        HttpRequest built = how.apply(request).build();
        long sent = System.nanoTime();
        Ending ending = ending(built, asked, id);
        Attempt attempt = new Attempt(id, user, service, asked, sent, System.nanoTime(), ending);
        log.add(attempt);
        return attempt;
    }

    private Ending ending(HttpRequest request, Asked asked, String id) throws InterruptedException {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (!response.headers().firstValue("X-Request-Id").orElse("").equals(id) && response.statusCode() < 500) {
                return new Ending.Unanswered("an answer without its request's id, status " + response.statusCode());
            }
            boolean good = response.statusCode() < 300;
            return new Ending.Answered(
                    response.statusCode(),
                    good ? shown(asked, response) : List.of(),
                    good && response.body().length > 0 ? Content.digest(response.body()) : null);
        } catch (IOException e) {
            return new Ending.Unanswered(e.getClass().getSimpleName());
        }
    }

    private static List<Version> shown(Asked asked, HttpResponse<byte[]> response) {
        return switch (asked) {
            case Asked.Update update -> tagged(update.resource(), response);
            case Asked.Delete delete -> tagged(delete.resource(), response);
            case Asked.Read read -> tagged(read.resource(), response);
            case Asked.Create create -> located(response);
            case Asked.Find find -> found(response.body());
            case Asked.Forbidden f -> List.of();
        };
    }

    private static List<Version> tagged(Reference resource, HttpResponse<?> response) {
        return response.headers()
                .firstValue("ETag")
                .map(tag -> List.of(resource.version(Long.parseLong(tag.replaceAll("\\D", "")))))
                .orElse(List.of());
    }

    private static List<Version> located(HttpResponse<?> response) {
        String[] parts = response.headers().firstValue("Location").orElse("").split("/", -1);
        int last = parts.length - 1;
        return List.of(new Reference(parts[last - 3], parts[last - 2]).version(Long.parseLong(parts[last])));
    }

    private static List<Version> found(byte[] bundle) {
        List<Version> found = new ArrayList<>();
        for (JsonNode entry : Content.parsed(bundle).path("entry")) {
            JsonNode resource = entry.path("resource");
            found.add(new Reference(
                            resource.path("resourceType").asText(),
                            resource.path("id").asText())
                    .version(resource.at("/meta/versionId").asLong()));
        }
        return found;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
