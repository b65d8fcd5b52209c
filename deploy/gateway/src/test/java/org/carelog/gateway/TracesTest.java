package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/monitoring.md, Traces: the gateway's part. */
class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OF_CLIENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String OF_GATEWAY = "00-[0-9a-f]{32}-[0-9a-f]{16}-01";
    private static final String NEEDLE = "mrn-needle-4711";

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringBuffer collected = new StringBuffer();
    private HttpServer collector;
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private Vertx vertx;
    private int port;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient");
        encounters = new ServiceInTheTest("encounter-service", "Encounter");
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            collected.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
        collector.stop(0);
    }

    @Test
    void aRequestGoesOnInTheTraceOfItsClient() throws Exception {
        // Given
        startGateway(Map.of("OTEL_SDK_DISABLED", "false", "OTEL_EXPORTER_OTLP_ENDPOINT", address()));

        // When
        ask("PUT", "/fhir/Patient/" + NEEDLE, OF_CLIENT);
        ask("GET", "/fhir/_history?_tag=" + NEEDLE, OF_CLIENT);

        // Then
        assertThat(List.of(patients.asked.get(0), patients.asked.get(1), encounters.asked.get(0)))
                .allSatisfy(asked -> assertThat(asked.header("traceparent"))
                        .matches(OF_GATEWAY)
                        .startsWith("00-" + TRACE)
                        .isNotEqualTo(OF_CLIENT));
    }

    @Test
    void aCollectorGetsItsSpanAndNothingOfAPatient() throws Exception {
        // Given
        startGateway(Map.of("OTEL_SDK_DISABLED", "false", "OTEL_EXPORTER_OTLP_ENDPOINT", address()));
        ask("PUT", "/fhir/Patient/" + NEEDLE, OF_CLIENT);
        ask("GET", "/fhir/Patient?identifier=" + NEEDLE, null);
        ask("GET", "/fhir/" + NEEDLE, null);
        ask(NEEDLE.toUpperCase(Locale.ROOT), "/fhir/Patient/" + NEEDLE, null);

        // When
        vertx.close().toCompletionStage().toCompletableFuture().join();

        // Then
        await().untilAsserted(() -> assertThat(collected)
                .contains("gateway")
                .contains("PUT /fhir/Patient", "GET /fhir/Patient", "_OTHER /fhir/Patient")
                .contains(bytes(TRACE)));
        assertThat(collected).doesNotContainIgnoringCase(NEEDLE);
    }

    @Test
    void aTraceBeginsAtTheGatewayWhereTheClientHasNone() throws Exception {
        // Given
        startGateway(Map.of("OTEL_SDK_DISABLED", "false", "OTEL_EXPORTER_OTLP_ENDPOINT", address()));

        // When
        ask("GET", "/fhir/Encounter/1", null);

        // Then
        assertThat(encounters.asked.getFirst().header("traceparent")).matches(OF_GATEWAY);
    }

    @Test
    void withoutTracesTheClientsGoesOnAndNoneIsMade() throws Exception {
        // Given
        startGateway(Map.of());

        // When
        ask("GET", "/fhir/Patient/1", OF_CLIENT);
        ask("GET", "/fhir/Patient/1", null);

        // Then
        assertThat(patients.asked)
                .extracting(asked -> asked.header("traceparent"))
                .containsExactly(OF_CLIENT, "");
    }

    private void startGateway(Map<String, String> environment) throws Exception {
        List<Upstream> upstreams = List.of(patients.upstream(), encounters.upstream());
        Routes routes = new Routes(upstreams);
        vertx = Traces.vertx(new VertxOptions(), routes, environment);
        GatewaySettings gateway =
                GatewayInTheTest.start(vertx, routes, Patience.USUAL, upstreams.toArray(Upstream[]::new));
        GatewayInTheTest.awaitReady(http, gateway);
        port = gateway.port();
    }

    private String address() {
        return "http://127.0.0.1:" + collector.getAddress().getPort();
    }

    private void ask(String method, String path, String traceparent) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (traceparent != null) {
            request.header("traceparent", traceparent);
        }
        http.send(request.build(), BodyHandlers.discarding());
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }
}
