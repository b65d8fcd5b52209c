package org.carelog.gateway;

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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"json", "xml"})
    void anEntryOfABatchGoesOnToTheOwnerThatItsRefusalNames(String format) throws Exception {
        // Given
        encounters.answering = exchange -> bundle(exchange, format, "201", "422 patient-service", "200");
        patients.answering = exchange -> bundle(exchange, format, patients.asked.size() == 1 ? "204" : "412");

        // When
        HttpResponse<String> answer = batch(format, "Patient/1", "Encounter", "Provenance", "Provenance/2");

        // Then
        assertThat(statuses(answer.body())).containsExactly("204", "201", "412", "200");
        assertThat(encounters.asked).hasSize(1);
        assertThat(patients.asked).hasSize(2);
        assertThat(new String(patients.asked.getLast().body(), StandardCharsets.UTF_8))
                .containsOnlyOnce("Provenance")
                .doesNotContain("Provenance/2");
        assertThat(patients.asked.getLast().header("X-Request-Id"))
                .isEqualTo(encounters.asked.getFirst().header("X-Request-Id"));
    }

    @Test
    void aBatchForOneServiceIsSplitWhereAnEntryIsAnothers() throws Exception {
        // Given
        encounters.answering = exchange -> bundle(exchange, "json", "422 patient-service", "201");
        patients.answering = exchange -> bundle(exchange, "json", "201");

        // When
        HttpResponse<String> answer = batch("json", "Provenance", "Encounter");

        // Then
        assertThat(statuses(answer.body())).containsExactly("201", "201");
    }

    @Test
    void anEntryIsPassedOnOnce() throws Exception {
        // Given
        encounters.answering = exchange -> bundle(exchange, "json", "422 patient-service");
        patients.answering = exchange -> bundle(exchange, "json", "422 encounter-service");

        // When
        HttpResponse<String> answer = batch("json", "Provenance");

        // Then
        assertThat(statuses(answer.body())).containsExactly("422");
        assertThat(encounters.asked).hasSize(1);
        assertThat(patients.asked).hasSize(1);
    }

    @Test
    void anEntryWhoseOwnerIsDownFailsAlone() throws Exception {
        // Given
        encounters.answering = exchange -> bundle(exchange, "json", "422 patient-service", "201");
        patients.close();

        // When
        HttpResponse<String> answer = batch("json", "Provenance", "Encounter");

        // Then
        assertThat(statuses(answer.body())).containsExactly("503", "201");
    }

    private static List<String> statuses(String body) {
        return Pattern.compile("(?:\"status\":|status value=)\"(\\d+)\"")
                .matcher(body)
                .results()
                .map(status -> status.group(1))
                .toList();
    }

    /** @param answers each a status, and the owner where it names one */
    private static void bundle(HttpExchange exchange, String format, String... answers) throws IOException {
        boolean isXml = format.equals("xml");
        String entries = Stream.of(answers)
                .map(answer -> answer.split(" "))
                .map(answer -> isXml
                        ? "<entry><response>%s<status value=\"%s\"/></response></entry>"
                                .formatted(
                                        answer.length == 1
                                                ? ""
                                                : "<extension url=\"urn:carelog:owner\"><valueString value=\"%s\"/></extension>"
                                                        .formatted(answer[1]),
                                        answer[0])
                        : "{\"response\":{%s\"status\":\"%s\"}}"
                                .formatted(
                                        answer.length == 1
                                                ? ""
                                                : "\"extension\":[{\"url\":\"urn:carelog:owner\",\"valueString\":\"%s\"}],"
                                                        .formatted(answer[1]),
                                        answer[0]))
                .collect(Collectors.joining(isXml ? "" : ","));
        if (isXml) {
            ServiceInTheTest.sendXml(
                    exchange,
                    200,
                    "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"batch-response\"/>%s</Bundle>"
                            .formatted(entries));
        } else {
            ServiceInTheTest.send(
                    exchange,
                    200,
                    "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[%s]}".formatted(entries));
        }
    }

    private HttpResponse<String> batch(String format, String... urls) throws Exception {
        boolean isXml = format.equals("xml");
        String entries = Stream.of(urls)
                .map(
                        (isXml
                                        ? "<entry><request><method value=\"POST\"/><url value=\"%s\"/></request></entry>"
                                        : "{\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}")::formatted)
                .collect(Collectors.joining(isXml ? "" : ","));
        String bundle = isXml
                ? "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"batch\"/>%s</Bundle>"
                : "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}";
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/fhir"))
                        .header("Content-Type", "application/fhir+" + format)
                        .POST(BodyPublishers.ofString(bundle.formatted(entries)))
                        .build(),
                BodyHandlers.ofString());
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
