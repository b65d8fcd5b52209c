package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** docs/configuration.md, Traces: what a collector gets when an operator turns them on. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
@TestProfile(TracingTest.Collected.class)
class TracingTest {
    private static final String FAMILY = "Chalmersneedle";
    private static final String BIRTHDATE = "1936-04-01";
    private static final String OWN_ID = "mrn-needle-4711";

    @Test
    void aCollectorGetsSpansAndNothingOfAPatient() {
        // Given
        String patient = """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],"birthDate":"%s"}
                """.formatted(OWN_ID, FAMILY, BIRTHDATE);

        // When
        as("registrar").body(patient).put("/Patient/" + OWN_ID).then().statusCode(201);
        as("registrar")
                .get("/Patient?family=" + FAMILY + "&birthdate=" + BIRTHDATE)
                .then()
                .statusCode(200);
        as("registrar").get("/Patient/" + OWN_ID + "/_history").then().statusCode(200);
        as("registrar").get("/Patient/" + FAMILY + "/" + BIRTHDATE).then().statusCode(404);
        as("registrar")
                .body("{\"resourceType\":\"Patient\",\"name\":\"" + FAMILY + "\"}")
                .post("/Patient")
                .then()
                .statusCode(400);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(collected()).contains("patient-service", "PUT", "GET", "POST"));
        assertThat(collected()).doesNotContain(FAMILY, BIRTHDATE, OWN_ID);
        assertThat(collected()).doesNotContain(RealPlatform.token("registrar").substring(0, 40));
    }

    /** All that the collector was sent, texts as they are. */
    private static String collected() {
        String file = ConfigProvider.getConfig().getValue("carelog.test.spans", String.class);
        try {
            return Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Traces on, to a collector that keeps what it gets in a file. */
    public static final class Collected implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.createTempFile("carelog-spans-", "");
                return Map.of(
                        "quarkus.otel.sdk.disabled",
                        "false",
                        "quarkus.otel.exporter.otlp.endpoint",
                        "http://localhost:" + collectInto(file),
                        "quarkus.otel.exporter.otlp.protocol",
                        "http/protobuf",
                        "quarkus.otel.bsp.schedule.delay",
                        "100ms",
                        "carelog.test.spans",
                        file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int collectInto(Path file) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                Files.write(file, exchange.getRequestBody().readAllBytes(), StandardOpenOption.APPEND);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server.getAddress().getPort();
        }
    }
}
