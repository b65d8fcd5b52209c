package org.carelog.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Answers reads in the place of the service that owns what the tested one refers to: with a bearer token, what a test has
 * put; otherwise 404. Tests reach it over HTTP alone, see {@link ServiceUnderTest#owned}.
 */
final class OwnerStandIn {

    private final HttpServer server;
    private final Map<String, byte[]> records = new ConcurrentHashMap<>();

    private OwnerStandIn(HttpServer server) {
        this.server = server;
    }

    static OwnerStandIn start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OwnerStandIn owner = new OwnerStandIn(server);
            server.createContext("/fhir/", owner::answer);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return owner;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/fhir");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    records.put(path, exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(204, -1);
                }
                case "DELETE" -> {
                    records.remove(path);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> read(exchange, records.get(path));
            }
        }
    }

    private static void read(HttpExchange exchange, byte[] content) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ey")) {
            exchange.sendResponseHeaders(401, -1);
        } else if (content == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    void stop() {
        server.stop(0);
    }
}
