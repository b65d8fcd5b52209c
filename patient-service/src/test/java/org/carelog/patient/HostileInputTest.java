package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.carelog.testing.ServiceUnderTest.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client of good will sends: refused with an outcome, nothing stored, and the next request is served. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class HostileInputTest {
    private static final String MARK = "Xyzzy-marker";
    private static final int MUCH = 100_000_000;

    @TestHTTPResource("/fhir/Patient")
    URI patients;

    @AfterEach
    void theNextRequestIsServed() {
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"gender\":\"female\"}")
                .post("/Patient")
                .then()
                .statusCode(201);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                body("nothing", ""),
                body("only space", "   "),
                body("an array", "[]"),
                body("a string", "\"Patient\""),
                body("cut off", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + MARK),
                body("two values", "{\"resourceType\":\"Patient\"}{\"resourceType\":\"Patient\"}"),
                body("a comment", "{\"resourceType\":\"Patient\"/* " + MARK + " */}"),
                body("single quotes", "{'resourceType':'Patient'}"),
                body("duplicate keys", "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"gender\":\"female\"}"),
                body("10,000 deep", "{\"resourceType\":\"Patient\",\"extension\":" + "[{\"extension\":".repeat(10_000)),
                body("10,000 arrays", "[".repeat(10_000) + "]".repeat(10_000)),
                body("a million elements", "{\"resourceType\":\"Patient\",\"name\":[" + "1,".repeat(1_000_000) + "1]}"),
                body(
                        "NUL in a string",
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + MARK + "\\u0000\"}]}"),
                body("a raw NUL", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + MARK + "\0\"}]}"),
                body(
                        "a lone surrogate",
                        "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + MARK + "\\ud800\"}]}"),
                body("1e400 for a whole number", "{\"resourceType\":\"Patient\",\"multipleBirthInteger\":1e400}"),
                body(
                        "a decimal of a billion digits",
                        "{\"resourceType\":\"Patient\",\"extension\":[{\"url\":\"http://x\",\"valueDecimal\":1e999999999}]}"),
                body(
                        "NaN",
                        "{\"resourceType\":\"Patient\",\"extension\":[{\"url\":\"http://x\",\"valueDecimal\":NaN}]}"),
                body("script in a narrative", narrative("<script>alert(1)</script>")),
                body("an event handler in a narrative", narrative("<p onclick=\\\"alert(1)\\\">" + MARK + "</p>")),
                body("an outside image in a narrative", narrative("<iframe src=\\\"http://x\\\"/>")),
                body("a narrative that is no XHTML", narrative("<p>" + MARK)),
                body("a Bundle in the place of a Patient", "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}"),
                body("a type that R4 does not have", "{\"resourceType\":\"" + MARK + "\"}"),
                body("a date that is none", "{\"resourceType\":\"Patient\",\"birthDate\":\"1936-13-45\"}"),
                body(
                        "an id that is none",
                        "{\"resourceType\":\"Patient\",\"id\":\"../../" + MARK
                                + "\",\"link\":[{\"type\":\"seealso\",\"other\":{\"reference\":\"Patient/none\"}}]}"),
                body("a code that is none", "{\"resourceType\":\"Patient\",\"gender\":\"" + MARK + "\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isRefusedAtOnceWithAnOutcomeThatQuotesNothing(String name, String body) {
        // When
        long start = System.nanoTime();
        var answer = as("clinician").body(body).post("/Patient");

        // Then
        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.jsonPath().getString("resourceType")).isEqualTo("OperationOutcome");
        assertThat(answer.asString())
                .doesNotContain(MARK)
                .doesNotContain("at org.")
                .doesNotContain("Exception");
        assertThat((System.nanoTime() - start) / 1e9).isCloseTo(0, within(10.0));
    }

    @Test
    void aBodyThatIsPackedIsNotUnpacked() throws IOException {
        // Given
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        }

        // When, Then
        as("clinician")
                .header("Content-Encoding", "gzip")
                .body(packed.toByteArray())
                .post("/Patient")
                .then()
                .statusCode(415);
    }

    @Test
    void aBodyOfAHundredMegabytesIsRefusedBeforeItHasCome() throws IOException {
        // When
        String answer = raw("POST", "Content-Length: 104857600\r\n", "{\"resourceType\":\"Patient\"");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    /** As long as the client goes on, something would have to keep it: nobody has read it when the answer is there. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000", "Transfer-Encoding: chunked"})
    void aBodyThatIsNotReadIsCutOffAfterTheAnswer(String length) throws Exception {
        // Given
        byte[] chunk = "40\r\n%s\r\n".formatted(" ".repeat(64)).repeat(1000).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(patients.getHost(), patients.getPort());
                ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write("POST /fhir/Patient HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n%s\r\n\r\n"
                    .formatted(length)
                    .getBytes(StandardCharsets.UTF_8));
            Future<String> status = reader.submit(() -> statusLine(socket));

            // When
            int sent = 0;
            try {
                while (sent < MUCH) {
                    out.write(chunk);
                    sent += chunk.length;
                }
            } catch (IOException cutOff) {
                // as it should be
            }

            // Then
            assertThat(sent).isLessThan(MUCH);
            assertThat(status.get()).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aSmallBodyThatIsNotReadKeepsTheConnection() throws IOException {
        // Given
        try (Socket socket = new Socket(patients.getHost(), patients.getPort())) {
            socket.setSoTimeout(60_000);
            byte[] request = """
                    POST /fhir/Patient HTTP/1.1\r
                    Host: x\r
                    Content-Length: 2\r
                    \r
                    {}""".getBytes(StandardCharsets.UTF_8);
            socket.getOutputStream().write(request);
            assertThat(statusLine(socket)).startsWith("HTTP/1.1 401");

            // When
            socket.getOutputStream().write(request);

            // Then
            assertThat(statusLine(socket)).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aMethodInLowerCaseIsNotAllowed() throws IOException {
        assertThat(raw("post", "Content-Length: 2\r\n", "{}")).startsWith("HTTP/1.1 405");
    }

    @Test
    void bytesAtRandomAreRefused() {
        // Given
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);

            // When, Then
            as("clinician").body(bytes).post("/Patient").then().statusCode(400);
        }
    }

    @Test
    void aGoodBodyWithOneByteChangedIsTakenOrRefusedAndNeverAFault() {
        // Given
        Random random = new Random(2);
        byte[] good = """
                {"resourceType":"Patient","identifier":[{"system":"urn:t","value":"1"}],"active":true,"gender":"female",\
                "birthDate":"1936-05-21","name":[{"use":"official","family":"Sample","given":["Ada"]}]}""".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            byte[] changed = good.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);

            // When, Then
            assertThat(as("clinician").body(changed).post("/Patient").statusCode())
                    .as("seed 2, case %d", i)
                    .isIn(201, 400, 422);
        }
    }

    /** Of one answer, which is read to its end. */
    private static String statusLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        return head.toString().lines().findFirst().orElse("");
    }

    private String raw(String method, String headers, String body) throws IOException {
        try (Socket socket = new Socket(patients.getHost(), patients.getPort())) {
            socket.setSoTimeout(60_000);
            String request = method + " /fhir/Patient HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n"
                    + "Authorization: Bearer " + RealPlatform.token("clinician") + "\r\n" + headers + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[2_000];
            int read = in.read(answer);
            return new String(answer, 0, Math.max(read, 0), StandardCharsets.UTF_8);
        }
    }

    private static String narrative(String inner) {
        return "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">%s</div>\"}}"
                .formatted(inner);
    }

    private static Arguments body(String name, String body) {
        return Arguments.of(name, body);
    }
}
