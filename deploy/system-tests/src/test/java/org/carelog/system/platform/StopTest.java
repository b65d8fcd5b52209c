package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.carelog.system.trace.Collector;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The last of all. */
@Order(9)
@ExtendWith(RunningSystem.class)
class StopTest {
    private static final Duration START = Duration.ofMinutes(10);

    // gateway, services and what these need have half a minute each, one after the other, before they are killed
    private static final Duration STOP = Duration.ofMinutes(3);

    @Test
    void downLeavesNoProcessAndASecondUpFindsItsDataUntilCtrlC(Carelog carelog) throws Exception {
        // Given
        String written = post(carelog);
        List<Long> pids = carelog.status().pids();
        Path log = carelog.data().resolve("logs/audit-service.log");
        int logged = Files.readString(log).length();
        // When
        Result down = carelog.run("down");
        // Then
        assertThat(down.exitCode()).as("%s", down).isZero();
        assertThat(pids).noneMatch(StopTest::isAlive);
        assertThat(carelog.processes()).isEmpty();
        assertThat(carelog.run("status").exitCode()).isNotZero();
        // who does not leave the consumer group is waited for at the next start
        assertThat(Files.readString(log).substring(logged)).doesNotContain("Failed to close");

        try (Collector collector = new Collector()) {
            foregroundUntilCtrlC(carelog.with(collector.environment()), written, collector);
        }
        backgroundUntilCtrlC(carelog);
    }

    /** With traces on, since it is started anew anyway. */
    private static void foregroundUntilCtrlC(Carelog carelog, String written, Collector collector) throws Exception {
        // Given
        Path output = Files.createTempFile("carelog", ".out");
        long began = System.nanoTime();
        Process up = carelog.start(output, "up");
        await().atMost(START)
                .until(() -> !up.isAlive() || Files.readString(output).contains("Ctrl-C"));
        System.out.printf("second up took %.1f s%n", (System.nanoTime() - began) / 1e9);
        assertThat(up.isAlive()).as("%s", Files.readString(output)).isTrue();
        List<Long> pids = carelog.status().pids();
        HttpResponse<String> found = get(carelog, written);
        new OneTrace(carelog, collector).isOfAllThatAWriteDoes();
        // When: SIGINT, as a terminal sends it
        new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
        // Then
        assertThat(up.waitFor(STOP)).isTrue();
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(pids).noneMatch(StopTest::isAlive);
        assertThat(carelog.processes()).isEmpty();
        Files.delete(output);
    }

    /** Ctrl-C, of a start in the background that is still going on. */
    private static void backgroundUntilCtrlC(Carelog carelog) throws Exception {
        // Given
        Path output = Files.createTempFile("carelog", ".out");
        Process up = carelog.start(output, "up", "--detach");
        await().atMost(START).until(() -> !carelog.processes().isEmpty());
        // When
        new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
        // Then
        assertThat(up.waitFor(STOP)).isTrue();
        assertThat(up.exitValue()).as("%s", Files.readString(output)).isNotZero();
        assertThat(carelog.processes()).isEmpty();
        Files.delete(output);
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Where the new patient is, behind the base. */
    private static String post(Carelog carelog) throws Exception {
        String patient = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Kept\"}]}";
        HttpResponse<String> answer = send(request(carelog, carelog.fhir() + "/Patient")
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(patient)));
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow().replaceAll("^.*/fhir", "");
    }

    private static HttpResponse<String> get(Carelog carelog, String path) throws Exception {
        return send(request(carelog, carelog.fhir() + path).GET());
    }

    private static HttpRequest.Builder request(Carelog carelog, String address) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + new Tokens(carelog).of("registrar"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
