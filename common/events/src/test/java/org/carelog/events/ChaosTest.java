package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a process dies at each failpoint is for {@code FaultsTest} in deploy/system-tests. */
class ChaosTest {
    private static final String SERVICE = "patient-service";
    private static final List<String> PRODUCTION = List.of("prod");

    @TempDir
    private Path directory;

    @AfterEach
    void theClockIsRightAgain() {
        ServiceClock.shift(Duration.ZERO);
    }

    @Test
    void inProductionNoServiceStartsWithFailpoints() {
        // Given
        Chaos chaos = new Chaos(config(directory, Map.of()), SERVICE);
        // When, Then
        assertThatThrownBy(() -> chaos.prepare(PRODUCTION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("carelog.chaos.failpoints");
    }

    @Test
    void inProductionNoServiceStartsWithAWrongClock() {
        // Given
        Chaos chaos = new Chaos(config(null, Map.of(SERVICE, Duration.ofHours(1))), SERVICE);
        // When, Then
        assertThatThrownBy(() -> chaos.prepare(PRODUCTION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("carelog.chaos.clocks");
    }

    @Test
    void aServiceThatIsToldNothingOfItStarts() {
        // Given
        Chaos chaos = new Chaos(config(null, Map.of()), SERVICE);
        // When
        chaos.prepare(PRODUCTION);
        // Then
        assertThat(ServiceClock.now()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @Test
    void aTestShiftsTheClockOfOneService() {
        // Given
        Chaos chaos = new Chaos(config(null, Map.of(SERVICE, Duration.ofHours(1))), SERVICE);
        // When
        chaos.prepare(List.of("chaos"));
        // Then
        assertThat(ServiceClock.now()).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
    }

    @Test
    void anotherServicesFailpointIsPassed() throws IOException {
        // Given
        Path file = Files.createFile(directory.resolve("encounter-service.after-ack"));
        // When
        new Chaos(config(directory, Map.of()), SERVICE).prepare(List.of("chaos"));
        Failpoint.AFTER_ACK.reached();
        // Then
        assertThat(file).exists();
    }

    private static ChaosConfig config(Path failpoints, Map<String, Duration> clocks) {
        return new ChaosConfig() {
            @Override
            public Optional<Path> failpoints() {
                return Optional.ofNullable(failpoints);
            }

            @Override
            public Map<String, Duration> clocks() {
                return clocks;
            }
        };
    }
}
