package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;

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
    private static final String OUTCOME = "\"resourceType\":\"OperationOutcome\"";
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

    static Stream<Arguments> bundles() {
        String patient = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"" + MARK + "\"}]}";
        String nested = transaction("POST", "Patient", patient);
        return Stream.of(
                body("an absolute URL", transaction("POST", "http://elsewhere.example/fhir/Patient", patient)),
                body("a URL of our own base", transaction("POST", "http://localhost:8080/fhir/Patient", patient)),
                body("a URL without a scheme", transaction("POST", "//elsewhere.example/Patient", patient)),
                body("a URL that goes up", transaction("POST", "../Patient", patient)),
                body("a URL that goes up later", transaction("PUT", "Patient/../../metadata", patient)),
                body("a URL that goes up in disguise", transaction("PUT", "Patient/%2e%2e/%2e%2e/metadata", patient)),
                body("a URL of another scheme", transaction("POST", "file:///etc/passwd", patient)),
                body("a method in lower case", transaction("post", "Patient", patient)),
                body("a method that is none", transaction("TRACE", "Patient", patient)),
                body("a Bundle in a Bundle", transaction("POST", "Bundle", nested)),
                body("a Bundle for a Patient", transaction("POST", "Patient", nested)),
                body("Bundles 1,000 deep", "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":".repeat(1_000)),
                body("a contained Bundle", transaction("POST", "Patient", """
                        {"resourceType":"Patient","contained":[%s]}""".formatted(nested))),
                body("a million entries", """
                        {"resourceType":"Bundle","type":"batch","entry":[%s{}]}""".formatted("{},".repeat(1_000_000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void isRefusedAtOnceWithAnOutcomeThatQuotesNothing(String name, String body) {
        refusedAtOnce(body, "/Patient");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bundles")
    void aBundleIsRefusedAtOnceToo(String name, String bundle) {
        refusedAtOnce(bundle, "/");
    }

    /** The fastest of some times: a busy machine may be late with one. */
    private static void refusedAtOnce(String body, String address) {
        double fastest = Double.MAX_VALUE;
        for (int i = 0; i < 5 && fastest >= 1; i++) {
            // When
            long start = System.nanoTime();
            var answer = as("clinician").body(body).post(address);
            fastest = Math.min(fastest, (System.nanoTime() - start) / 1e9);

            // Then
            assertThat(answer.statusCode()).isBetween(400, 499);
            assertThat(answer.jsonPath().getString("resourceType")).isEqualTo("OperationOutcome");
            assertThat(answer.asString())
                    .doesNotContain(MARK)
                    .doesNotContain("at org.")
                    .doesNotContain("Exception");
        }
        assertThat(fastest).isLessThan(1);
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
                .statusCode(415)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void aBodyOfAHundredMegabytesIsRefusedBeforeItHasCome() throws IOException {
        // When
        String answer = raw("POST", "Content-Length: 104857600\r\n", "{\"resourceType\":\"Patient\"");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").contains(OUTCOME);
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
        assertThat(raw("post", "Content-Length: 2\r\n", "{}"))
                .startsWith("HTTP/1.1 405")
                .contains(OUTCOME);
    }

    @Test
    void aBodyWithoutEndIsRefusedWhenItIsTooLong() throws IOException {
        // Given
        String chunk = "100000\r\n%s\r\n".formatted(" ".repeat(1 << 20));

        // When
        String answer = raw("POST", "Transfer-Encoding: chunked\r\n", chunk.repeat(6));

        // Then
        assertThat(answer).startsWith("HTTP/1.1 413").contains(OUTCOME);
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

    private static String statusLine(Socket socket) throws IOException {
        return answer(socket).lines().findFirst().orElse("");
    }

    /** One answer, read to its end. */
    private static String answer(Socket socket) throws IOException {
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
        return length.find()
                ? head + new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : head.toString();
    }

    private String raw(String method, String headers, String body) throws IOException {
        try (Socket socket = new Socket(patients.getHost(), patients.getPort())) {
            socket.setSoTimeout(60_000);
            String request = method + " /fhir/Patient HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n"
                    + "Authorization: Bearer " + RealPlatform.token("clinician") + "\r\n" + headers + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return answer(socket);
        }
    }

    private static String narrative(String inner) {
        return "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">%s</div>\"}}"
                .formatted(inner);
    }

    private static String transaction(String method, String url, String resource) {
        return """
                {"resourceType":"Bundle","type":"transaction","entry":[
                {"resource":%s,"request":{"method":"%s","url":"%s"}}]}""".formatted(resource, method, url);
    }

    private static Arguments body(String name, String body) {
        return Arguments.of(name, body);
    }
}
