package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/README.md: 408. Clients that send a byte now and then, for ever. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@QuarkusTestResource(ServiceResource.class)
class SlowBodyTest {
    private static final int CLIENTS = 300;

    @TestHTTPResource("/fhir/Patient")
    URI patients;

    @Test
    void manyAtOnceAreCutOffAndOthersAreServedMeanwhile() throws IOException {
        // Given
        List<SlowClient> slow = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            slow.add(
                    i % 2 == 0
                            ? new SlowClient(begun("Content-Length: 4000000"), " ")
                            : new SlowClient(begun("Transfer-Encoding: chunked"), "1\r\n \r\n"));
        }
        try (ScheduledExecutorService trickle = Executors.newSingleThreadScheduledExecutor()) {
            var dripping =
                    trickle.scheduleAtFixedRate(() -> slow.forEach(SlowClient::drip), 0, 200, TimeUnit.MILLISECONDS);

            // When
            Response small =
                    as("clinician").body("{\"resourceType\":\"Patient\"}").post("/Patient");
            Response large = as("clinician")
                    .body("{\"resourceType\":\"Patient\",\"photo\":[{\"data\":\"%s\"}]}"
                            .formatted("AAAA".repeat(500_000)))
                    .post("/Patient");

            // Then
            assertThat(small.statusCode()).isEqualTo(201);
            assertThat(large.statusCode()).isEqualTo(201);
            for (SlowClient client : slow) {
                assertThat(statusLine(client.socket())).startsWith("HTTP/1.1 408");
                client.socket().close();
            }
            dripping.cancel(false);
        }
    }

    private Socket begun(String length) throws IOException {
        Socket socket = new Socket(patients.getHost(), patients.getPort());
        socket.setSoTimeout(60_000);
        write(
                socket,
                "POST /fhir/Patient HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n" + length + "\r\n"
                        + "Authorization: Bearer " + RealPlatform.token("clinician") + "\r\n\r\n");
        return socket;
    }

    /** @param byBit a byte of its body, as it is sent */
    private record SlowClient(Socket socket, String byBit) {
        void drip() {
            try {
                write(socket, byBit);
            } catch (IOException e) {
                // cut off already
            }
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }
}
