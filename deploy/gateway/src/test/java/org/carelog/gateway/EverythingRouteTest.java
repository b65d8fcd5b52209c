package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.carelog.gateway.ServiceInTheTest.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything about a patient at the gateway: each service tells its part. */
class EverythingRouteTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private GatewaySettings settings;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient", "Coverage");
        patients.copied = List.of("Encounter");
        encounters = new ServiceInTheTest("encounter-service", "Encounter", "Condition", "Observation");
        encounters.copied = List.of("Patient");
        settings = GatewayInTheTest.ready(vertx, http, patients, encounters);
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    @Test
    void itBeginsWhereMostOfItIs() throws Exception {
        // When
        status(settings.port(), "/fhir/Patient/1/$everything?_count=5");
        status(settings.port(), "/fhir/Encounter/2/$everything");

        // Then
        assertThat(encounters.asked)
                .extracting(Asked::uri)
                .containsExactly("/fhir/Patient/1/$everything?_count=5", "/fhir/Encounter/2/$everything");
        assertThat(patients.asked).isEmpty();
    }

    @Test
    void itGoesOnWhereTheLinkSays() throws Exception {
        // When
        status(settings.port(), "/fhir/Encounter/$everything-part?_page=x");
        status(settings.port(), "/fhir/Patient/$everything-part?_of=Patient%2F1&_from=encounter-service");

        // Then
        assertThat(encounters.asked).extracting(Asked::uri).containsExactly("/fhir/Encounter/$everything-part?_page=x");
        assertThat(patients.asked)
                .extracting(Asked::uri)
                .containsExactly("/fhir/Patient/$everything-part?_of=Patient%2F1&_from=encounter-service");
    }

    @Test
    void whatIsAskedByPostGoesTheSameWay() throws Exception {
        // When
        http.send(
                request(settings.port(), "/fhir/Patient/1/$everything")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.discarding());

        // Then
        assertThat(encounters.asked).extracting(Asked::method).containsExactly("POST");
    }

    private int status(int port, String path) throws IOException, InterruptedException {
        return http.send(request(port, path).build(), BodyHandlers.discarding()).statusCode();
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
