package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page in a browser, as the browser asks for it. */
class CrossOriginTest {
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private int port;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient");
        port = GatewayInTheTest.ready(vertx, http, patients).port();
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients);
    }

    @Test
    void whatAPageMayAskIsToldWithoutAToken() throws Exception {
        // When
        HttpResponse<String> answer = preflight(GatewayInTheTest.ORIGIN);

        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue(ALLOWED)).contains(GatewayInTheTest.ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("PATCH");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("Authorization", "If-Match");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(patients.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /fhir/Patient/1, ''",
        "POST, /fhir, '{\"resourceType\":\"Bundle\",\"type\":\"batch\"}'",
        "GET, /fhir/$meta, ''"
    })
    void everyAnswerMayBeReadByThePage(String method, String path, String body) throws Exception {
        // When
        HttpResponse<String> answer = send(
                request(path).header("Origin", GatewayInTheTest.ORIGIN).method(method, BodyPublishers.ofString(body)));

        // Then
        assertThat(answer.headers().allValues(ALLOWED)).containsExactly(GatewayInTheTest.ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("Location", "ETag", "X-Request-Id");
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
    }

    @Test
    void aPageOfAnUnknownOriginIsToldNothing() throws Exception {
        // When
        HttpResponse<String> asked = preflight("https://other.example.org");
        HttpResponse<String> answer = send(request("/fhir/Patient/1").header("Origin", "https://other.example.org"));

        // Then
        assertThat(asked.headers().firstValue(ALLOWED)).isEmpty();
        assertThat(answer.headers().firstValue(ALLOWED)).isEmpty();
        assertThat(patients.asked).hasSize(2);
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return send(request("/fhir/Patient/1")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization,if-match")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
