package org.carelog.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.carelog.system.observation.Observation;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kafkajs on Node.js, with a token of Keycloak's: {@code engine.mjs} knows the contract and nothing else. */
@Order(5)
@ExtendWith(RunningSystem.class)
class JavaScriptEngineTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void kafkajsKnowsEveryPatientInTheVersionThatTheApiHas(Carelog carelog, @TempDir Path directory) throws Exception {
        // Given
        Observation.awaitRest(carelog);
        Path script = NodePackages.install(
                carelog.root().resolve("deploy/system-tests/src/test/javascript"), "engine.mjs", directory);
        // When
        Result run = Node.run(
                script,
                Map.of(
                        "KAFKA", carelog.bootstrapServers(),
                        "TOKENS",
                                "http://localhost:%d/realms/carelog/protocol/openid-connect/token"
                                        .formatted(carelog.port(8180)),
                        "CLIENT", "integration-engine",
                        "SECRET", carelog.clientSecret("integration-engine"),
                        "TOPIC", "carelog.patient.changed.v1"));
        // Then
        assertThat(run.exitCode()).as("%s", run).isZero();
        Map<String, Long> patients = new TreeMap<>();
        for (Map.Entry<String, JsonNode> subject :
                MAPPER.readTree(run.lastLine()).properties()) {
            JsonNode known = subject.getValue();
            assertThat(known.path("events").asLong())
                    .isGreaterThanOrEqualTo(known.path("version").asLong());
            if (subject.getKey().startsWith("Patient/")
                    && !known.path("deleted").asBoolean()) {
                patients.put(subject.getKey(), known.path("version").asLong());
            }
        }
        assertThat(patients).isNotEmpty().isEqualTo(patientsOfTheApi(carelog));
    }

    /** By reference: the version. */
    private Map<String, Long> patientsOfTheApi(Carelog carelog) throws IOException, InterruptedException {
        String token = new Tokens(carelog).of("clinician");
        Map<String, Long> versions = new TreeMap<>();
        String next = carelog.fhir() + "/Patient?_count=500";
        while (!next.isEmpty()) {
            JsonNode page = MAPPER.readTree(http.send(
                            HttpRequest.newBuilder(URI.create(next))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body());
            for (JsonNode entry : page.path("entry")) {
                versions.put(
                        "Patient/" + entry.at("/resource/id").asText(),
                        entry.at("/resource/meta/versionId").asLong());
            }
            next = "";
            for (JsonNode link : page.path("link")) {
                if (link.path("relation").asText().equals("next")) {
                    next = link.path("url").asText();
                }
            }
        }
        return versions;
    }
}
