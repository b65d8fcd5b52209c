package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeadersTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; 203.0.113.9; 127.0.0.1",
                "10.0.0.0/8; 203.0.113.9; 127.0.0.1",
                "127.0.0.0/8; 203.0.113.9; 203.0.113.9",
                "127.0.0.0/8; 2001:db8::7; 2001:db8::7",
                "127.0.0.0/8; 198.51.100.1, 203.0.113.9; 203.0.113.9",
                "127.0.0.0/8,203.0.113.0/24; 198.51.100.1, 203.0.113.9; 198.51.100.1",
                "127.0.0.0/8,203.0.113.9/32; 198.51.100.1,203.0.113.9,203.0.113.10; 203.0.113.10",
                "127.0.0.0/8,2001:db8::/32; 198.51.100.1, 2001:db8::7; 198.51.100.1",
                "127.0.0.0/8; unknown; 127.0.0.1",
                "127.0.0.0/8; a.example.org; 127.0.0.1",
                "127.0.0.0/8; 203.0.113.9:443; 127.0.0.1",
                "127.0.0.0/8; ''; 127.0.0.1"
            })
    void theClientIsTheLastThatNobodyTrustedSpeaksOf(String trusted, String said, String client) throws Exception {
        // Given
        List<String> networks = trusted.isEmpty() ? List.of() : List.of(trusted.split(","));

        // When
        String told = told(networks, HttpRequest.newBuilder().header("X-Forwarded-For", said));

        // Then
        assertThat(told).isEqualTo(client);
    }

    @Test
    void theHeaderMayComeSeveralTimes() throws Exception {
        // When
        String told = told(
                List.of("127.0.0.0/8", "10.0.0.0/8"),
                HttpRequest.newBuilder()
                        .header("X-Forwarded-For", "203.0.113.9")
                        .header("X-Forwarded-For", "10.1.2.3"));

        // Then
        assertThat(told).isEqualTo("203.0.113.9");
    }

    @Test
    void withoutAHeaderTheClientIsThePeer() throws Exception {
        assertThat(told(List.of("127.0.0.0/8"), HttpRequest.newBuilder())).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "ingress/8", "10.0.0.0/x", "/8"})
    void whatIsNoNetworkIsNamed(String network) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ForwardedHeaders(List.of(network)));
    }

    /** What a service would see of it. */
    private String told(List<String> trusted, HttpRequest.Builder request) throws Exception {
        ForwardedHeaders forwarded = new ForwardedHeaders(trusted);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(asked -> {
                    forwarded.set(asked);
                    asked.response().end(String.join("|", asked.headers().getAll("X-Forwarded-For")));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        URI address = URI.create("http://127.0.0.1:" + server.actualPort());
        return http.send(request.uri(address).build(), BodyHandlers.ofString()).body();
    }
}
