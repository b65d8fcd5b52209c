package org.carelog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A type that two services own at the gateway; encounter-service keeps copies of the other's. */
class SharedTypeTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private int port;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient", "Provenance");
        encounters = new ServiceInTheTest("encounter-service", "Encounter", "Provenance");
        encounters.copied = List.of("Patient", "Provenance");
        port = GatewayInTheTest.ready(vertx, http, patients, encounters).port();
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    @Test
    void oneIsReadAtItsOwnerWhichNeverHasACopyThatIsBehind() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 200, "{\"from\":\"patients\"}");

        // When
        HttpResponse<String> answer = send("GET", "/fhir/Provenance/1", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("patients");
        assertThat(encounters.asked).isEmpty();
    }

    @Test
    void oneThatTheFirstDoesNotHaveIsReadAtTheOther() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 404, "{}");
        encounters.answering = exchange -> {
            exchange.getResponseHeaders().add("ETag", "W/\"1\"");
            ServiceInTheTest.send(exchange, 200, "{\"from\":\"encounters\"}");
        };

        // When
        HttpResponse<String> answer = send("GET", "/fhir/Provenance/1/_history/1", "");

        // Then
        assertThat(answer.body()).contains("encounters");
        assertThat(answer.headers().firstValue("ETag")).contains("W/\"1\"");
        assertThat(encounters.asked.getFirst().uri()).isEqualTo("/fhir/Provenance/1/_history/1");
        assertThat(encounters.asked.getFirst().header("X-Request-Id"))
                .isNotEmpty()
                .isEqualTo(patients.asked.getFirst().header("X-Request-Id"));
    }

    @Test
    void aSearchGoesToTheOneThatHasAll() throws Exception {
        // When
        send("GET", "/fhir/Provenance?target=Patient/1", "");
        send("GET", "/fhir/Provenance/_history", "");

        // Then
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/Provenance?target=Patient/1", "/fhir/Provenance/_history");
        assertThat(patients.asked).isEmpty();
    }

    @Test
    void aWriteGoesOnToTheOwnerThatTheRefusalNames() throws Exception {
        // Given
        encounters.answering = exchange -> refuse(exchange, "patient-service");
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 201, "{\"from\":\"patients\"}");

        // When
        HttpResponse<String> answer = send("POST", "/fhir/Provenance", "{\"resourceType\":\"Provenance\"}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(new String(patients.asked.getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"resourceType\":\"Provenance\"}");
        assertThat(patients.asked.getFirst().header("Authorization")).isEqualTo("Bearer abc");
        assertThat(patients.asked.getFirst().header("If-Match")).isEqualTo("W/\"1\"");
    }

    @Test
    void aWriteIsPassedOnOnce() throws Exception {
        // Given
        encounters.answering = exchange -> refuse(exchange, "patient-service");
        patients.answering = exchange -> refuse(exchange, "encounter-service");

        // When
        HttpResponse<String> answer = send("DELETE", "/fhir/Provenance/1", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(encounters.asked).hasSize(1);
        assertThat(patients.asked).hasSize(1);
    }

    @Test
    void anOwnerThatIsDownIsNamed() throws Exception {
        // Given
        patients.close();

        // When
        HttpResponse<String> answer = send("GET", "/fhir/Provenance/1", "");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("patient-service");
    }

    private static void refuse(HttpExchange exchange, String owner) throws IOException {
        exchange.getResponseHeaders().add("Carelog-Owner", owner);
        ServiceInTheTest.send(exchange, 422, "{\"resourceType\":\"OperationOutcome\"}");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer abc")
                        .header("If-Match", "W/\"1\"")
                        .build(),
                BodyHandlers.ofString());
    }
}
