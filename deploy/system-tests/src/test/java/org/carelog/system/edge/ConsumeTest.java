package org.carelog.system.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./carelog consume}: what an integration engine may see, and no more. */
@Order(5)
@ExtendWith(RunningSystem.class)
class ConsumeTest {
    private static final String PATIENTS = "carelog.patient.changed.v1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void anEventIsPrintedAsTheContractShowsIt(Carelog carelog, @TempDir Path directory) throws Exception {
        // Given
        Path output = directory.resolve("output");
        Process consume = carelog.start(output, "consume", PATIENTS, "--max", "1");
        await().atMost(PATIENCE)
                .until(() -> !consume.isAlive() || Files.readString(output).contains("Ctrl-C"));
        // When
        String id = created(carelog);
        await().atMost(PATIENCE).until(() -> !consume.isAlive());
        // Then
        String text = Files.readString(output);
        assertThat(consume.exitValue()).as(text).isZero();
        assertThat(text.lines())
                .contains(
                        "key: " + id,
                        "ce_specversion: 1.0",
                        "ce_type: org.carelog.fhir.r4.Patient.created.v1",
                        "ce_subject: Patient/" + id,
                        "ce_sequence: 1",
                        "content-type: application/fhir+json")
                .anyMatch(line -> line.startsWith("{") && line.contains("\"" + id + "\""));
    }

    @Test
    void aGroupGoesOnWhereItWas(Carelog carelog) throws Exception {
        // Given
        created(carelog);
        created(carelog);
        String[] next = {
            "consume", PATIENTS, "--from-beginning", "--max", "1", "--group", "integration-engine-" + UUID.randomUUID()
        };
        // When
        List<String> first = places(carelog.done(next));
        List<String> second = places(carelog.done(next));
        // Then
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1).isNotEqualTo(first);
    }

    @Test
    void whatTheBrokerRefusesIsASentence(Carelog carelog) {
        // When
        Result result = carelog.run("consume", "carelog.access.recorded.v1", "--from-beginning");
        // Then
        assertThat(result.exitCode()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("The broker refuses: ").contains("carelog.access.recorded.v1");
    }

    @Test
    void aTopicThatIsNotThereIsNamed(Carelog carelog) {
        // When
        Result result = carelog.run("consume", "carelog.patient.forgotten.v1");
        // Then
        assertThat(result.exitCode()).isOne();
        assertThat(result.err()).contains("There is no topic carelog.patient.forgotten.v1.");
    }

    /** Topic, partition and offset of what was printed. */
    private static List<String> places(String out) {
        return out.lines().filter(line -> line.startsWith("-- ")).toList();
    }

    /** @return the id of a patient that is written now */
    private static String created(Carelog carelog) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(carelog.fhir() + "/Patient"))
                .header("Authorization", "Bearer " + new Tokens(carelog).of("registrar"))
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"resourceType\": \"Patient\", \"active\": true}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            return response.headers()
                    .firstValue("Location")
                    .orElseThrow()
                    .replaceFirst(".*/Patient/([^/]+)/_history/1", "$1");
        }
    }
}
