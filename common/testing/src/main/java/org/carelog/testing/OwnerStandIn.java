package org.carelog.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers in the place of the service that owns what the tested one refers to: with a bearer token, what a test has put,
 * which of some references point to none of those, and which of them refer to something. Tests reach it over HTTP alone, see
 * {@link ServiceUnderTest#owned}.
 */
final class OwnerStandIn {

    /** Of a test's PUT: the status that a read is to be answered with. */
    static final String STATUS = "X-Status";

    /** Tells how many different tokens it was asked with. */
    static final String TOKENS = "$tokens";

    /** Has it refuse the tokens that it was asked with until then. */
    static final String ENDED = "$ended";

    private static final Pattern REFERENCE = Pattern.compile("\"reference\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private record Answer(int status, byte[] content) {}

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
            if (exchange.getRequestMethod().equals("PUT")) {
                int status = Integer.parseInt(exchange.getRequestHeaders().getFirst(STATUS));
                answers.put(path, new Answer(status, exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(204, -1);
            } else if (path.equals("/fhir/" + TOKENS)) {
                byte[] count = Integer.toString(tokens.size()).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, count.length);
                exchange.getResponseBody().write(count);
            } else if (path.equals("/fhir/" + ENDED)) {
                ended.addAll(tokens);
                exchange.sendResponseHeaders(204, -1);
            } else if (path.equals("/fhir/$missing")) {
                read(
                        exchange,
                        new Answer(
                                200,
                                missing(new String(exchange.getRequestBody().readAllBytes(), UTF_8))));
            } else {
                read(exchange, find(path, exchange.getRequestURI().getQuery()));
            }
        }
    }

    private Answer find(String path, String query) {
        if (query != null && query.startsWith("target=")) {
            return new Answer(200, referrers(query.substring("target=".length())));
        }
        return answers.getOrDefault(path, new Answer(404, new byte[0]));
    }

    private byte[] referrers(String target) {
        return references(answers.entrySet().stream()
                .filter(record -> new String(record.getValue().content(), UTF_8).contains('"' + target + '"'))
                .map(record -> record.getKey().substring("/fhir/".length())));
    }

    private byte[] missing(String asked) {
        return references(
                REFERENCE.matcher(asked).results().map(found -> found.group(1)).filter(reference -> {
                    Answer answer = answers.get("/fhir/" + reference);
                    return answer == null || answer.status() != 200;
                }));
    }

    private static byte[] references(Stream<String> references) {
        return references
                .map("{\"name\":\"reference\",\"valueReference\":{\"reference\":\"%s\"}}"::formatted)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(","),
                        found -> "{\"resourceType\":\"Parameters\"%s}"
                                .formatted(found.isEmpty() ? "" : ",\"parameter\":[" + found + "]")))
                .getBytes(UTF_8);
    }

    private void read(HttpExchange exchange, Answer answer) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ey") || ended.contains(authorization)) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        tokens.add(authorization);
        exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(answer.status(), answer.content().length == 0 ? -1 : answer.content().length);
        exchange.getResponseBody().write(answer.content());
    }

    void stop() {
        server.stop(0);
    }
}
