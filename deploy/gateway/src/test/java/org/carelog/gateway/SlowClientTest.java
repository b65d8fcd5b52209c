package org.carelog.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that send a byte now and then, so that no connection of theirs is ever idle. */
class SlowClientTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceInTheTest patients;

    @BeforeEach
    void start() throws Exception {
        patients = new ServiceInTheTest("patient-service", "Patient");
    }

    @AfterEach
    void stop() {
        GatewayInTheTest.stop(vertx, http, patients);
    }

    @Test
    void theHeadersOfAConnectionsFirstRequestComeInTimeOrItIsClosed() throws Exception {
        try (SlowClient client = connect(new Patience(SHORT, LONG, LONG))) {
            // Given
            client.send("GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            // When
            String received = client.dripToTheEnd();

            // Then
            assertThat(received).isEmpty();
            assertThat(patients.asked).isEmpty();
        }
    }

    @Test
    void soDoThoseOfTheNextOnes() throws Exception {
        try (SlowClient client = connect(new Patience(LONG, SHORT, LONG))) {
            // Given
            client.send("GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\n\r\nGET /fhir/Patient HTTP/1.1\r\nX-Slow: ");

            // When
            String received = client.dripToTheEnd();

            // Then
            assertThat(received).startsWith("HTTP/1.1 200").containsOnlyOnce("HTTP/1.1");
            assertThat(patients.asked).hasSize(1);
        }
    }

    @Test
    void theBodyOfABundleComesInTimeOrIsAnswered408() throws Exception {
        try (SlowClient client = connect(new Patience(LONG, SHORT, SHORT))) {
            // Given
            client.send("POST /fhir HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{");

            // When
            String received = client.dripToTheEnd();

            // Then
            assertThat(received).startsWith("HTTP/1.1 408").contains("The body did not come within");
            assertThat(patients.asked).isEmpty();
        }
    }

    @Test
    void aClientMayWaitLongerForItsAnswer() throws Exception {
        // Given
        CountDownLatch another = new CountDownLatch(1);
        patients.answering = exchange -> {
            awaitQuietly(another);
            ServiceInTheTest.send(exchange, 200, "{\"late\":true}");
        };
        GatewaySettings gateway = gateway(new Patience(SHORT, SHORT, SHORT));
        try (SlowClient client = new SlowClient(gateway);
                SlowClient slower = new SlowClient(gateway)) {
            client.send("GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\n\r\n");

            // When
            slower.dripToTheEnd();
            another.countDown();

            // Then
            assertThat(client.toTheEnd()).startsWith("HTTP/1.1 200").endsWith("{\"late\":true}");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SlowClient connect(Patience patience) throws Exception {
        return new SlowClient(gateway(patience));
    }

    private GatewaySettings gateway(Patience patience) throws Exception {
        GatewaySettings gateway = GatewayInTheTest.start(vertx, patience, patients.upstream());
        GatewayInTheTest.awaitReady(http, gateway);
        return gateway;
    }

    /** Reads from the beginning: what came is not lost when the connection is reset. */
    private static final class SlowClient implements AutoCloseable {
        private final Socket socket;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final Thread reader;

        SlowClient(GatewaySettings gateway) throws IOException {
            socket = new Socket(gateway.host(), gateway.port());
            reader = Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try {
                socket.getInputStream().transferTo(received);
            } catch (IOException e) {
                // closed with something of ours unread
            }
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        /** Sends a byte now and then until the other side closes the connection. */
        String dripToTheEnd() {
            await().until(() -> {
                try {
                    send("a");
                } catch (IOException e) {
                    // closed
                }
                return !reader.isAlive();
            });
            return received.toString(US_ASCII);
        }

        String toTheEnd() {
            await().until(() -> !reader.isAlive());
            return received.toString(US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
