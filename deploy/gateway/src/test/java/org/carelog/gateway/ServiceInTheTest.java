package org.carelog.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service as the gateway sees it: says what it owns, keeps what it was asked, answers what it is told to. */
final class ServiceInTheTest implements AutoCloseable {

    /** How it answers; may break the connection off. */
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    record Asked(String method, String uri, Map<String, List<String>> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .collect(Collectors.joining(","));
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** Requests whose bodies did not come to their end. */
    final AtomicInteger brokenOff = new AtomicInteger();

    volatile List<String> copied = List.of();
    volatile Answering answering = exchange -> send(exchange, 200, "{}");
    private final String name;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ServiceInTheTest(String name, String... owned) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        String types = Stream.of(owned).map(type -> '"' + type + '"').collect(Collectors.joining(","));
        server.createContext(
                "/carelog/types",
                exchange -> send(
                        exchange,
                        200,
                        "{\"owned\":[" + types + "],\"copied\":["
                                + copied.stream().map(type -> '"' + type + '"').collect(Collectors.joining(","))
                                + "]}"));
        server.createContext("/", this::keepAndAnswer);
        server.start();
    }

    /** Both ports are one. */
    Upstream upstream() {
        return new Upstream(name, List.of(replica()));
    }

    Upstream.Replica replica() {
        int port = server.getAddress().getPort();
        return new Upstream.Replica("127.0.0.1", port, port);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/fhir+json;charset=UTF-8", body);
    }

    static void sendXml(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/fhir+xml;charset=UTF-8", body);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void keepAndAnswer(HttpExchange exchange) throws IOException {
        byte[] body;
        try {
            body = exchange.getRequestBody().readAllBytes();
        } catch (IOException e) {
            brokenOff.incrementAndGet();
            throw e;
        }
        Headers headers = exchange.getRequestHeaders();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers.entrySet().stream()
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue)),
                body));
        answering.answer(exchange);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
