package org.carelog.system.loss;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.carelog.system.platform.Tokens;

/** Sends requests, each once, and keeps what services answered. Thread-safe. */
final class Calls implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Tokens tokens;
    private final String prefix;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    /** @param prefix of every request's id */
    Calls(Tokens tokens, String prefix) {
        this.tokens = tokens;
        this.prefix = prefix;
    }

    /**
     * @param user empty: without a token
     * @param body null: none
     * @param headers names and values
     * @return empty: no service answered
     */
    Optional<Answer> send(String user, String method, URI address, String body, String... headers)
            throws InterruptedException {
        String id = prefix + sent.incrementAndGet();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("X-Request-Id", id)
                .header("Accept", "application/fhir+json")
                .header("Content-Type", "application/fhir+json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!user.isEmpty()) {
            request.header("Authorization", "Bearer " + tokens.of(user));
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (response.headers().firstValue("X-Request-Id").orElse("").equals(id)) {
                Answer answer = Answer.of(id, response);
                answers.add(answer);
                return Optional.of(answer);
            }
        } catch (IOException nobodyAnswered) {
            // whether it was done is not known here
        }
        unanswered.incrementAndGet();
        return Optional.empty();
    }

    long sent() {
        return sent.get();
    }

    /** Those that no service answered to the end. */
    long unanswered() {
        return unanswered.get();
    }

    /** Those that a service did answer. */
    int answered() {
        return answers.size();
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
