package org.carelog.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that go away while they are answered: nothing to tell an operator of. */
class ClientGoneTest {
    private static final byte[] MUCH = new byte[64 << 10];

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Kept log = new Kept();
    private final CountDownLatch ended = new CountDownLatch(1);
    private ServiceInTheTest patients;
    private ServiceInTheTest encounters;
    private GatewaySettings gateway;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient", "Provenance");
        encounters = new ServiceInTheTest("encounter-service", "Encounter", "Provenance");
        encounters.copied = List.of("Provenance");
        gateway = GatewayInTheTest.ready(vertx, http, patients, encounters);
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(log);
        GatewayInTheTest.stop(vertx, http, patients, encounters);
    }

    @Test
    void whoGoesInTheMiddleOfAnAnswerLeavesNothingInTheLog() throws Exception {
        // Given
        patients.answering = this::answerWithoutEnd;

        // When
        try (Socket client = ask("GET /fhir/Patient", "")) {
            client.getInputStream().readNBytes(100_000);
        }

        // Then
        await().until(() -> ended.getCount() == 0);
        requireTheNextIsServedAndNothingLogged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fhir/Patient", "/fhir/Provenance/1"})
    void whoGoesBeforeTheAnswerLeavesNothingInTheLog(String address) throws Exception {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        patients.answering = exchange -> {
            asked.countDown();
            awaitQuietly(gone);
            ended.countDown();
            ServiceInTheTest.send(exchange, 200, "{}");
        };

        // When
        try (Socket client = ask("GET " + address, "")) {
            await().until(() -> asked.getCount() == 0);
        }
        gone.countDown();

        // Then
        await().until(() -> ended.getCount() == 0);
        requireTheNextIsServedAndNothingLogged();
    }

    @Test
    void whoGoesInTheMiddleOfABodyLeavesNothingInTheLog() throws Exception {
        // When
        try (Socket client = ask("POST /fhir/Patient", "Content-Length: 1000000\r\n")) {
            client.getOutputStream().write(MUCH);
        }

        // Then
        await().until(() -> patients.brokenOff.get() == 1);
        requireTheNextIsServedAndNothingLogged();
    }

    @Test
    void whoGoesInTheMiddleOfABundleLeavesNothingInTheLog() throws Exception {
        // When
        try (Socket client = ask("POST /fhir", "Content-Length: 1000000\r\n")) {
            client.getOutputStream().write(MUCH);
        }

        // Then
        requireTheNextIsServedAndNothingLogged();
        assertThat(patients.asked).hasSize(1);
    }

    private void requireTheNextIsServedAndNothingLogged() throws Exception {
        patients.answering = exchange -> ServiceInTheTest.send(exchange, 200, "{\"next\":true}");
        HttpRequest next = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/fhir/Patient"))
                .build();
        assertThat(http.send(next, BodyHandlers.ofString()).body()).contains("next");
        assertThat(log.lines).isEmpty();
    }

    private Socket ask(String what, String headers) throws IOException {
        Socket client = new Socket(gateway.host(), gateway.port());
        client.getOutputStream()
                .write("%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                        .formatted(what, headers)
                        .getBytes(US_ASCII));
        return client;
    }

    private void answerWithoutEnd(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            while (true) {
                body.write(MUCH);
            }
        } finally {
            ended.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What all loggers of this process have to say. */
    private static final class Kept extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                lines.add(record.getLoggerName() + " " + record.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
