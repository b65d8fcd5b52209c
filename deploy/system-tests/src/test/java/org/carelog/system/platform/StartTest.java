package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Order(1)
@ExtendWith(RunningSystem.class)
class StartTest {

    @Test
    void afterUpEveryPartIsReady(Carelog carelog) {
        // Given: it was started for all tests
        // When
        Status status = carelog.status();
        // Then
        assertThat(status.state()).isEqualTo("up");
        assertThat(status.parts()).allMatch(PartStatus::isReady);
        assertThat(status.parts())
                .extracting(PartStatus::name)
                .contains(
                        "postgres",
                        "kafka",
                        "keycloak",
                        "patient-service",
                        "encounter-service",
                        "audit-service",
                        "witness",
                        "gateway");
    }

    @Test
    void aSecondUpSaysThatItRuns(Carelog carelog) {
        // Given
        Status before = carelog.status();
        // When
        Result again = carelog.run("up", "--detach");
        // Then
        assertThat(again.exitCode()).isZero();
        assertThat(again.out())
                .contains("runs already")
                .contains(carelog.fhir().toString().replace("127.0.0.1", "localhost"));
        assertThat(carelog.status().pids()).isEqualTo(before.pids());
    }

    @Test
    void everyPartHasALog(Carelog carelog) {
        // Given: it runs
        // When
        Result logs = carelog.run("logs", "patient-service");
        // Then
        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out()).contains("patient-service");
        assertThat(carelog.done("logs")).contains("kafka", "keycloak", "postgres", "audit-service");
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingIsLeft(@TempDir Path directory, Carelog running) throws Exception {
        // Given
        Carelog other = new Carelog(running.root(), directory.resolve("data"), FreePorts.offset());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            // When
            Result result = other.with("CARELOG_KAFKA_PORT", port).run("up", "--detach");
            // Then
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.err()).contains(port).contains("Kafka").contains("CARELOG_KAFKA_PORT");
            assertThat(other.processes()).isEmpty();
        }
    }

    @Test
    void anUnknownUserGetsNoToken(Carelog carelog) {
        // Given: there is none of that name
        // When
        Result result = carelog.run("token", "nobody");
        // Then
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("nobody").contains("clinician");
    }
}
