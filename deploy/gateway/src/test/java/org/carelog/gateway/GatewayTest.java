package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.local.process.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway between an HTTP client and HTTP servers that stand for services. */
class GatewayTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private GatewaySettings settings;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient");
        encounters = new ServiceInTheTest("encounter-service", "Encounter", "Condition");
        settings = GatewayInTheTest.ready(vertx, http, patients, encounters);
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    @Test
    void aRequestGoesToTheOwnerOfItsType() throws Exception {
        // When
        get("/fhir/Encounter?patient.name=example");
        get("/fhir/Patient/123");

        // Then
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/Encounter?patient.name=example");
        assertThat(patients.asked).extracting(ServiceInTheTest.Asked::uri).containsExactly("/fhir/Patient/123");
    }

    @Test
    void aSearchInACompartmentGoesToTheOwnerOfWhatIsLookedFor() throws Exception {
        // When
        get("/fhir/Patient/123/Encounter?status=planned");

        // Then
        assertThat(encounters.asked)
                .extracting(ServiceInTheTest.Asked::uri)
                .containsExactly("/fhir/Patient/123/Encounter?status=planned");
        assertThat(patients.asked).isEmpty();
    }

    @Test
    void whatNobodyOwnsGoesToAServiceWhichRefusesAndRecordsIt() throws Exception {
        // Given
        patients.answering =
                exchange -> ServiceInTheTest.send(exchange, 404, "{\"resourceType\":\"OperationOutcome\"}");

        // When
        HttpResponse<byte[]> unknownType = get("/fhir/Spaceship");
        HttpResponse<byte[]> unknownAddress = get("/somewhere/else");

        // Then
        assertThat(unknownType.statusCode()).isEqualTo(404);
        assertThat(unknownAddress.statusCode()).isEqualTo(404);
        assertThat(patients.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir/$meta", "/fhir/_history/1"})
    void whatIsAboutAllTypesIsServedByNoOneService(String address) throws Exception {
        // When
        HttpResponse<byte[]> answer = get(address);

        // Then
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("not-supported");
        assertThat(patients.asked).isEmpty();
        assertThat(encounters.asked).isEmpty();
    }

    @Test
    void theServiceLearnsTheClientsAddressAndNotWhatTheClientSaysOfIt() throws Exception {
        // When
        send(request("/fhir/Patient")
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Forwarded", "for=203.0.113.9")
                .header("X-Forwarded-Proto", "https"));

        // Then
        ServiceInTheTest.Asked asked = patients.asked.getFirst();
        assertThat(asked.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(asked.header("Forwarded")).isEmpty();
        assertThat(asked.header("X-Forwarded-Proto")).isEmpty();
    }

    @Test
    void aBatchIsSplitByOwnerAndAnsweredInOrder() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 200, batchResponse("201"));
        encounters.answering = exchange -> ServiceInTheTest.send(exchange, 200, batchResponse("404", "200"));

        // When
        HttpResponse<byte[]> answer = post("/fhir", batch("Encounter/1", "Patient", "Encounter/2"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(batchResponse("404", "201", "200"));
        assertThat(new String(encounters.asked.getFirst().body(), StandardCharsets.UTF_8))
                .contains("Encounter/1", "Encounter/2")
                .doesNotContain("\"Patient\"");
        assertThat(encounters.asked.getFirst().header("Authorization")).isEqualTo("Bearer abc");
        assertThat(encounters.asked.getFirst().header("X-Request-Id"))
                .isNotEmpty()
                .isEqualTo(patients.asked.getFirst().header("X-Request-Id"));
    }

    @Test
    void aBundlesProvenanceGoesAlong() throws Exception {
        // When
        http.send(
                postRequest("/fhir", batch("Encounter/1"), "X-Provenance", "{\"resourceType\":\"Provenance\"}"),
                BodyHandlers.ofByteArray());

        // Then
        assertThat(encounters.asked.getFirst().header("X-Provenance")).isEqualTo("{\"resourceType\":\"Provenance\"}");
    }

    @Test
    void theEntriesOfAServiceThatRefusesItsPartFailAlone() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 200, batchResponse("201"));
        encounters.answering =
                exchange -> ServiceInTheTest.send(exchange, 503, "{\"resourceType\":\"OperationOutcome\"}");

        // When
        HttpResponse<byte[]> answer = post("/fhir/", batch("Encounter/1", "Patient"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("{\"response\":{\"status\":\"503\",\"outcome\":{\"resourceType\":\"OperationOutcome\"}}},"
                        + "{\"response\":{\"status\":\"201\"}}");
    }

    @Test
    void theEntriesOfAServiceThatIsDownFailAlone() throws Exception {
        // Given
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 200, batchResponse("201"));
        encounters.close();

        // When
        HttpResponse<byte[]> answer = post("/fhir", batch("Patient", "Encounter/1"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"201\"", "\"503\"");
    }

    @Test
    void aTransactionStaysWhole() throws Exception {
        // Given
        String transaction = batch("Encounter/1", "Patient").replace("batch", "transaction");

        // When
        post("/fhir", transaction);

        // Then
        assertThat(new String(encounters.asked.getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo(transaction);
        assertThat(patients.asked).isEmpty();
    }

    @Test
    void whatIsNoBundleIsRefusedByAService() throws Exception {
        // Given
        patients.answering =
                exchange -> ServiceInTheTest.send(exchange, 400, "{\"resourceType\":\"OperationOutcome\"}");

        // When
        HttpResponse<byte[]> answer = post("/fhir", "no JSON");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(patients.asked.getFirst().body(), StandardCharsets.UTF_8))
                .isEqualTo("no JSON");
    }

    @Test
    void aBundleThatIsTooLargeIsRefusedBeforeItIsReadToItsEnd() throws Exception {
        // When
        HttpResponse<byte[]> answer = post("/fhir", " ".repeat(WholeRequests.LARGEST + 1));

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(patients.asked).isEmpty();
    }

    @Test
    void whoSendsABundleWhileOthersHoldAllTheMemoryIsToldToComeAgain() throws Exception {
        // Given
        CountDownLatch answered = new CountDownLatch(1);
        patients.answering = exchange -> {
            awaitQuietly(answered);
            ServiceInTheTest.send(exchange, 400, "{}");
        };
        String large = " ".repeat(WholeRequests.LARGEST);
        List<CompletableFuture<HttpResponse<byte[]>>> held = Stream.generate(
                        () -> http.sendAsync(postRequest("/fhir", large), BodyHandlers.ofByteArray()))
                .limit(WholeRequests.HELD / WholeRequests.LARGEST)
                .toList();
        await().until(() -> patients.asked.size() == held.size());

        // When
        HttpResponse<byte[]> another = post("/fhir", "{}");

        // Then
        assertThat(another.statusCode()).isEqualTo(503);
        assertThat(another.headers().firstValue("Retry-After")).contains("1");
        assertThat(another.body()).asString().contains("Too many large bodies");
        answered.countDown();
        for (CompletableFuture<HttpResponse<byte[]>> each : held) {
            assertThat(each.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(400);
        }
        assertThat(post("/fhir", "{}").statusCode()).isEqualTo(400);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> post(String path, String body) throws Exception {
        return http.send(postRequest(path, body), BodyHandlers.ofByteArray());
    }

    private HttpRequest postRequest(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path);
        return (headers.length == 0 ? request : request.headers(headers))
                .header("Content-Type", "application/fhir+json")
                .header("Authorization", "Bearer abc")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String batch(String... urls) {
        return bundle("batch", "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}", urls);
    }

    private static String batchResponse(String... statuses) {
        return bundle("batch-response", "{\"response\":{\"status\":\"%s\"}}", statuses);
    }

    private static String bundle(String type, String entry, String... values) {
        return Stream.of(values)
                .map(entry::formatted)
                .collect(Collectors.joining(
                        ",", "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[".formatted(type), "]}"));
    }

    @Test
    void bodiesHeadersAndStatusesPassUnchangedInBothDirections() throws Exception {
        // Given
        byte[] body = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(body);
        patients.answering = exchange -> {
            exchange.getResponseHeaders().add("ETag", "W/\"3\"");
            exchange.getResponseHeaders().add("Location", "http://localhost:8080/fhir/Patient/1/_history/3");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        };

        // When
        HttpResponse<byte[]> answer = send(request("/fhir/Patient/1")
                .header("Content-Type", "application/fhir+json")
                .header("If-Match", "W/\"2\"")
                .header("Authorization", "Bearer abc")
                .PUT(BodyPublishers.ofByteArray(body)));

        // Then
        ServiceInTheTest.Asked asked = patients.asked.getFirst();
        assertThat(asked.method()).isEqualTo("PUT");
        assertThat(asked.body()).isEqualTo(body);
        assertThat(asked.header("If-Match")).isEqualTo("W/\"2\"");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer abc");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("ETag")).contains("W/\"3\"");
        assertThat(answer.headers().firstValue("Location")).contains("http://localhost:8080/fhir/Patient/1/_history/3");
    }

    @Test
    void answersWithoutABodyHaveNone() throws Exception {
        // Given
        patients.answering = exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("DELETE") ? 204 : 304, -1);
            exchange.close();
        };

        // When
        HttpResponse<byte[]> deleted = send(request("/fhir/Patient/1").DELETE());
        HttpResponse<byte[]> notModified = get("/fhir/Patient/1");
        HttpResponse<byte[]> again = get("/fhir/Patient/1");

        // Then
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.headers().firstValue("Transfer-Encoding")).isEmpty();
        assertThat(notModified.statusCode()).isEqualTo(304);
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void aServiceThatIsNotThereIsA503WithAnOutcomeThatNamesIt() throws Exception {
        // Given
        encounters.close();

        // When
        HttpResponse<byte[]> answer = get("/fhir/Encounter");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/fhir+json;charset=UTF-8");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body())
                .asString()
                .contains("OperationOutcome", "transient", "encounter-service cannot be reached; nothing was changed");
        assertThat(get("/fhir/Patient").statusCode()).isEqualTo(200);
    }

    @Test
    void aServiceThatBreaksOffIsA502ThatPromisesNothing() throws Exception {
        // Given
        patients.answering = exchange -> exchange.close();

        // When
        HttpResponse<byte[]> answer =
                send(request("/fhir/Patient").POST(BodyPublishers.ofString("{\"resourceType\":\"Patient\"}")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).asString().contains("OperationOutcome", "a change may have been made, or not");
    }

    @Test
    void theLogNamesTheServiceOnceASecondAndNothingThatAClientAsksFor() throws Exception {
        // Given
        ServiceInTheTest observations = new ServiceInTheTest("observation-service", "Observation");
        GatewaySettings others = GatewayInTheTest.start(vertx, observations.upstream());
        GatewayInTheTest.awaitReady(http, others);
        observations.close();
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Answers.LOG.addHandler(handler);

        // When
        for (int i = 0; i < 5; i++) {
            get(others, "/fhir/Observation?patient.name=Example");
        }

        // Then
        Answers.LOG.removeHandler(handler);
        assertThat(logged)
                .hasSizeLessThan(5)
                .allSatisfy(
                        line -> assertThat(line).contains("observation-service").doesNotContain("Example"));
        assertThat(logged).isNotEmpty();
    }

    @Test
    void theCapabilityStatementIsThatOfAllServices() throws Exception {
        // Given
        patients.answering = statement("""
                {"type":"Patient","interaction":[{"code":"update"}]},{"type":"Encounter"}""");
        encounters.answering = statement("""
                {"type":"Encounter","interaction":[{"code":"create"}]},{"type":"Condition"},{"type":"Patient"}""");

        // When
        HttpResponse<byte[]> answer = send(request("/fhir/metadata").header("Authorization", "Bearer abc"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/fhir+json;charset=UTF-8");
        assertThat(answer.body())
                .asString()
                .contains(
                        "{\"type\":\"Condition\"},{\"type\":\"Encounter\",\"interaction\":[{\"code\":\"create\"}]},{\"type\":\"Patient\",\"interaction\":[{\"code\":\"update\"}]}");
        assertThat(encounters.asked.getFirst().header("Authorization")).isEqualTo("Bearer abc");
        assertThat(encounters.asked.getFirst().header("X-Forwarded-For")).isEqualTo("127.0.0.1");
    }

    @Test
    void whoeverMayNotSeeTheCapabilityStatementIsToldByAService() throws Exception {
        // Given
        encounters.answering = exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"carelog\"");
            ServiceInTheTest.send(exchange, 401, "{\"resourceType\":\"OperationOutcome\"}");
        };

        // When
        HttpResponse<byte[]> answer = get("/fhir/metadata");

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"carelog\"");
        assertThat(answer.body()).asString().contains("OperationOutcome");
    }

    @Test
    void aServiceThatAnswersWithNoCapabilityStatementIsSaidToBeBroken() throws Exception {
        // Given
        patients.answering = statement("{}");
        encounters.answering = exchange -> ServiceInTheTest.send(exchange, 200, "no statement");

        // When
        HttpResponse<byte[]> answer = get("/fhir/metadata");

        // Then
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).asString().contains("OperationOutcome");
    }

    @Test
    void whileAServiceHasNotSaidWhatItOwnsATypeMayBeItsOwn() throws Exception {
        // Given
        GatewaySettings others =
                GatewayInTheTest.start(vertx, patients.upstream(), new Upstream("audit-service", List.of(nobody())));
        await().until(() -> get(others, "/fhir/Patient").statusCode() == 200);

        // When
        HttpResponse<byte[]> unknownYet = get(others, "/fhir/AuditEvent");
        HttpResponse<byte[]> metadata = get(others, "/fhir/metadata");

        // Then
        assertThat(unknownYet.statusCode()).isEqualTo(503);
        assertThat(unknownYet.body()).asString().contains("audit-service cannot be reached");
        assertThat(metadata.statusCode()).isEqualTo(503);
        assertThat(GatewayInTheTest.health(http, others)).isEqualTo(503);
        assertThat(GatewayInTheTest.health(http, settings)).isEqualTo(200);
    }

    @Test
    void replicasTakeTurnsAndOneThatIsGoneIsNotMissed() throws Exception {
        // Given
        ServiceInTheTest second = new ServiceInTheTest("patient-service", "Patient");
        Upstream both = new Upstream("patient-service", List.of(patients.replica(), nobody(), second.replica()));
        GatewaySettings others = GatewayInTheTest.start(vertx, both);
        await().until(() -> GatewayInTheTest.health(http, others) == 200);

        // When
        for (int i = 0; i < 30; i++) {
            assertThat(get(others, "/fhir/Patient/" + i).statusCode()).isEqualTo(200);
        }
        int ofFirst = patients.asked.size();
        second.close();
        for (int i = 0; i < 10; i++) {
            assertThat(get(others, "/fhir/Patient/" + i).statusCode()).isEqualTo(200);
        }

        // Then
        assertThat(ofFirst).isBetween(5, 25);
        assertThat(patients.asked).hasSize(ofFirst + 10);
    }

    @Test
    void aReplicaThatTakesConnectionsAndDoesNotAnswerIsAskedNoMore() throws Exception {
        // Given
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Upstream.Replica still = new Upstream.Replica("127.0.0.1", mute.getLocalPort(), mute.getLocalPort());
            GatewaySettings others =
                    GatewayInTheTest.start(vertx, new Upstream("patient-service", List.of(patients.replica(), still)));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:%d/fhir/Patient/1".formatted(others.port())))
                    .timeout(Duration.ofSeconds(1))
                    .build();

            // When, Then
            await().ignoreExceptions().until(() -> {
                for (int i = 0; i < 10; i++) {
                    http.send(request, BodyHandlers.discarding());
                }
                return true;
            });
        }
    }

    private static Upstream.Replica nobody() throws IOException {
        return new Upstream.Replica("127.0.0.1", FreePort.any(), FreePort.any());
    }

    private static ServiceInTheTest.Answering statement(String resources) {
        return exchange -> ServiceInTheTest.send(
                exchange,
                200,
                "{\"resourceType\":\"CapabilityStatement\",\"rest\":[{\"resource\":[" + resources + "]}]}");
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return get(settings, path);
    }

    private HttpResponse<byte[]> get(GatewaySettings gateway, String path) throws IOException, InterruptedException {
        return send(request(gateway, path));
    }

    private HttpRequest.Builder request(String path) {
        return request(settings, path);
    }

    private static HttpRequest.Builder request(GatewaySettings gateway, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port() + path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }
}
