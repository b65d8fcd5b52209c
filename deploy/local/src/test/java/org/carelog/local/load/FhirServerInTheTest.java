package org.carelog.local.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.carelog.local.keycloak.Token;

/** The other end of the loader's wire: keeps what is PUT, in the order of arrival, and answers as it is told to. */
final class FhirServerInTheTest implements AutoCloseable {

    static final Retries QUICK = new Retries(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(500));

    record Answer(int status, String body) {}

    final List<String> order = new CopyOnWriteArrayList<>();
    final Map<String, String> stored = new ConcurrentHashMap<>();
    final Map<String, Answer> always = new ConcurrentHashMap<>();
    /** By reference: what must be stored before it is taken. */
    final Map<String, String> needs = new ConcurrentHashMap<>();

    final ConcurrentLinkedQueue<Integer> next = new ConcurrentLinkedQueue<>();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    final AtomicInteger tokensGiven = new AtomicInteger();
    volatile int validToken = 1;
    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    FhirServerInTheTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/fhir/metadata", exchange -> answer(exchange, 200, """
                {"resourceType":"CapabilityStatement","rest":[{"resource":[
                  {"type":"Patient","interaction":[{"code":"read"},{"code":"update"}]},
                  {"type":"Encounter","interaction":[{"code":"update"}]},
                  {"type":"Practitioner","interaction":[{"code":"update"}]},
                  {"type":"AuditEvent","interaction":[{"code":"read"}]}]}]}"""));
        server.createContext("/fhir/", this::put);
        server.start();
    }

    FhirServer client() {
        URI root = URI.create("http://localhost:" + server.getAddress().getPort());
        BearerTokens tokens = new BearerTokens(() ->
                new Token("t" + tokensGiven.incrementAndGet(), Instant.now().plusSeconds(300), ""));
        return new FhirServer(http, root.resolve("/fhir"), tokens, QUICK);
    }

    private void put(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        String reference = exchange.getRequestURI().getPath().substring("/fhir/".length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int token = Integer.parseInt(
                exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer t".length()));
        Integer told = next.poll();
        Answer fixed = always.get(reference);
        try {
            if (token < validToken) {
                answer(exchange, 401, "{}");
            } else if (told != null) {
                answer(exchange, told, "{}");
            } else if (fixed != null) {
                answer(exchange, fixed.status(), fixed.body());
            } else if (!stored.containsKey(needs.getOrDefault(reference, reference)) && needs.containsKey(reference)) {
                answer(
                        exchange,
                        422,
                        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"not-found\"}]}");
            } else {
                order.add(reference);
                answer(exchange, stored.put(reference, body) == null ? 201 : 200, "{}");
            }
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
