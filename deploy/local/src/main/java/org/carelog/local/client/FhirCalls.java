package org.carelog.local.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** FHIR over HTTP, as a client of the running system. Thread-safe; blocks. */
public final class FhirCalls implements AutoCloseable {

    private static final String FHIR_JSON = "application/fhir+json";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The answer, whatever its status. */
    public HttpResponse<byte[]> post(URI url, String token, String body) throws IOException, InterruptedException {
        return send(request(url, token)
                .header("Content-Type", FHIR_JSON)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** The answer, whatever its status. */
    public HttpResponse<byte[]> get(URI url, String token) throws IOException, InterruptedException {
        return send(request(url, token).GET().build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(URI url, String token) {
        return HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(20))
                .header("Accept", FHIR_JSON)
                .header("Authorization", "Bearer " + token);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
