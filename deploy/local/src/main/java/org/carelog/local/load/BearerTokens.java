package org.carelog.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tokens of a service account by the client credentials grant, asked for anew before they expire. Thread-safe: many
 * uploads that find the token old cause one request.
 */
public final class BearerTokens {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration BEFORE_EXPIRY = Duration.ofSeconds(20);

    private final HttpClient http;
    private final URI tokenEndpoint;
    private final String form;
    private final ReentrantLock lock = new ReentrantLock();
    private String token;
    private Instant renewAt = Instant.MIN;

    /** @param tokenEndpoint the realm's {@code …/protocol/openid-connect/token} */
    public BearerTokens(HttpClient http, URI tokenEndpoint, String client, String secret) {
        this.http = http;
        this.tokenEndpoint = tokenEndpoint;
        this.form = "grant_type=client_credentials&client_id=" + encoded(client) + "&client_secret=" + encoded(secret);
    }

    /**
     * A token that is good for some seconds more.
     *
     * @throws IOException when the server cannot be reached or refuses; the message says which
     */
    public String current() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (Instant.now().isAfter(renewAt)) {
                ask();
            }
            return token;
        } finally {
            lock.unlock();
        }
    }

    /** The server did not take this token: the next {@link #current} asks for another. */
    public void reject(String refused) {
        lock.lock();
        try {
            if (refused.equals(token)) {
                renewAt = Instant.MIN;
            }
        } finally {
            lock.unlock();
        }
    }

    private void ask() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(tokenEndpoint)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("the token endpoint answered " + response.statusCode());
        }
        JsonNode body = MAPPER.readTree(response.body());
        token = body.path("access_token").asText();
        Duration life = Duration.ofSeconds(body.path("expires_in").asLong(60));
        Duration early = life.compareTo(BEFORE_EXPIRY.multipliedBy(2)) > 0 ? BEFORE_EXPIRY : life.dividedBy(2);
        renewAt = Instant.now().plus(life).minus(early);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
