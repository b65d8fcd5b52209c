package org.carelog.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {

    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/echo", exchange -> answer(exchange, exchange.getRequestBody().readAllBytes()));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** In pieces of no told length when the path says so. */
    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        callers.add(exchange.getRemoteAddress());
        boolean chunked = exchange.getRequestURI().getPath().endsWith("/chunked");
        exchange.sendResponseHeaders(
                exchange.getRequestHeaders().containsKey("Refuse") ? 422 : 200, chunked ? 0 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private HttpConnection connection() {
        return new HttpConnection(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Test
    void answersOfEitherFormAreReadToTheirEndsOnOneConnection() throws IOException {
        // Given
        byte[] body = "x".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        try (HttpConnection connection = connection()) {
            // When
            HttpConnection.Answer whole = connection.send("POST", "/echo", "", body);
            HttpConnection.Answer chunked = connection.send("POST", "/echo/chunked", "", body);
            HttpConnection.Answer refused = connection.send("PUT", "/echo", "Refuse: yes\r\n", new byte[3]);
            // Then
            assertThat(whole).isEqualTo(new HttpConnection.Answer(200, 200_000));
            assertThat(chunked).isEqualTo(new HttpConnection.Answer(200, 200_000));
            assertThat(refused).isEqualTo(new HttpConnection.Answer(422, 3));
        }
        assertThat(callers).hasSize(1);
    }

    @Test
    void aServerThatClosesInPlaceOfAnAnswerIsAFailure() throws Exception {
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HttpConnection connection =
                        new HttpConnection(URI.create("http://127.0.0.1:" + closing.getLocalPort()))) {
            // Given
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> {
                try (Socket accepted = closing.accept()) {
                    accepted.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            // When
            assertThatThrownBy(() -> connection.send("GET", "/", "", null))
                    // Then
                    .isInstanceOfAny(EOFException.class, SocketException.class);
            closed.join();
        }
    }
}
