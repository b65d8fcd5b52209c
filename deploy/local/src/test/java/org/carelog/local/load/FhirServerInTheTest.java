package org.carelog.local.load;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.carelog.local.keycloak.Token;

/** The other end of the loader's wire: keeps what is PUT, alone or in transactions, in the order of arrival, and answers as it is told to. */
final class FhirServerInTheTest implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Gives up when an answer is sure to have come, on a busy machine too. */
    static final Retries QUICK = new Retries(Duration.ofMillis(1), Duration.ofMillis(100), Duration.ofSeconds(5));

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
        server.createContext("/fhir", this::receive);
        server.start();
    }

    FhirServer client() {
        URI root = URI.create("http://localhost:" + server.getAddress().getPort());
        BearerTokens tokens = new BearerTokens(() ->
                new Token("t" + tokensGiven.incrementAndGet(), Instant.now().plusSeconds(300), ""));
        return new FhirServer(http, root.resolve("/fhir"), tokens, QUICK);
    }

    private void receive(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        byte[] body = exchange.getRequestBody().readAllBytes();
        int token = Integer.parseInt(
                exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer t".length()));
        Integer told = next.poll();
        try {
            if (token < validToken) {
                answer(exchange, 401, "{}");
            } else if (told != null) {
                answer(exchange, told, "{}");
            } else if (exchange.getRequestMethod().equals("POST")) {
                transaction(exchange, body);
            } else {
                put(exchange, new String(body, StandardCharsets.UTF_8));
            }
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private void put(HttpExchange exchange, String body) throws IOException {
        String reference = exchange.getRequestURI().getPath().substring("/fhir/".length());
        Answer refusal = refusal(reference, Set.of());
        if (refusal != null) {
            answer(exchange, refusal.status(), refusal.body());
        } else {
            order.add(reference);
            answer(exchange, stored.put(reference, body) == null ? 201 : 200, "{}");
        }
    }

    private void transaction(HttpExchange exchange, byte[] body) throws IOException {
        Map<String, String> resources = new LinkedHashMap<>();
        for (JsonNode entry : JSON.readTree(body).path("entry")) {
            resources.put(
                    entry.path("request").path("url").asText(),
                    entry.path("resource").toString());
        }
        ArrayNode issues = JSON.createArrayNode();
        int status = 200;
        int place = 0;
        for (String reference : resources.keySet()) {
            Answer refusal = refusal(reference, resources.keySet());
            if (refusal != null && (status == 200 || status == refusal.status())) {
                status = refusal.status();
                for (JsonNode issue : JSON.readTree(refusal.body()).path("issue")) {
                    ((ObjectNode) issue).putArray("expression").add("Bundle.entry[%d].resource".formatted(place));
                    issues.add(issue);
                }
            }
            place++;
        }
        if (status == 200) {
            order.addAll(resources.keySet());
            stored.putAll(resources);
        }
        answer(exchange, status, JSON.createObjectNode().set("issue", issues).toString());
    }

    private Answer refusal(String reference, Set<String> coming) {
        String needed = needs.get(reference);
        return needed == null || stored.containsKey(needed) || coming.contains(needed)
                ? always.get(reference)
                : new Answer(422, "{\"issue\":[{\"severity\":\"error\",\"code\":\"not-found\"}]}");
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
