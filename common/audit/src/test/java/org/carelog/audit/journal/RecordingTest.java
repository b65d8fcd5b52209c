package org.carelog.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a write leaves no entry either is for {@code UnrecordedTest} of patient-service. */
class RecordingTest {
    private static final JournalConfig SETTINGS = new JournalFixture.Settings("unused", Duration.ofMinutes(1), 1 << 30);

    @TempDir
    private Path directory;

    @Test
    void inProductionNoServiceStartsWhoseRecordingCouldBeStopped() {
        // Given
        Recording recording = new Recording(() -> Optional.of(directory), SETTINGS);
        for (List<String> profiles : List.of(List.of("prod"), List.of("bench", "prod"))) {
            // When, Then
            assertThatThrownBy(() -> recording.prepare(profiles))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("carelog.chaos.unrecorded");
        }
    }

    @Test
    void inProductionAFileStopsNothing() throws Exception {
        // Given
        Recording recording = new Recording(Optional::empty, SETTINGS);
        Files.createFile(directory.resolve("test-service.unrecorded"));
        // When
        recording.prepare(List.of("prod"));
        // Then
        assertThat(recording.isToTurn()).isFalse();
        assertThat(new RecordingCheck(recording).call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void anotherServicesFileStopsNothing() throws Exception {
        // Given
        Recording recording = new Recording(() -> Optional.of(directory), SETTINGS);
        recording.prepare(List.of("bench"));
        // When
        Files.createFile(directory.resolve("other-service.unrecorded"));
        // Then
        assertThat(recording.isToTurn()).isFalse();
    }

    @Test
    void whereItCouldBeStoppedTheServiceIsNotWell() {
        // Given
        Recording recording = new Recording(() -> Optional.of(directory), SETTINGS);
        // When
        recording.prepare(List.of("bench"));
        // Then
        assertThat(new RecordingCheck(recording).call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void theJournalSaysFromWhenToWhenNothingWasRecorded() throws Exception {
        try (TestDatabase database = RealPlatform.database("db/journal");
                JournalFixture replica = new JournalFixture(database, directory)) {
            // Given
            Path stop = directory.resolve("test-service.unrecorded");
            replica.journal.record(Samples.aRead());

            // When
            Files.createFile(stop);
            await().until(replica.recording::isStopped);
            replica.journal.record(Samples.aRead());
            Files.delete(stop);
            await().until(() -> !replica.recording.isStopped());
            replica.journal.record(Samples.aRead());

            // Then
            assertThat(told(replica)).containsExactly("read", "recording-stopped", "recording-resumed", "read");
            assertThat(SealedChain.faults(replica.dataSource, "test-service")).isEmpty();
        }
    }

    /** The operations, or else interactions, of all entries in their order. */
    private static List<String> told(JournalFixture replica) throws Exception {
        List<String> told = new ArrayList<>();
        try (Connection connection = replica.dataSource.getConnection();
                ResultSet rows =
                        connection.createStatement().executeQuery("select entry from audit_entry order by entry_no")) {
            while (rows.next()) {
                JsonNode entry = new ObjectMapper().readTree(rows.getBytes(1));
                told.add(
                        entry.path("operation").asText(entry.path("interaction").asText()));
            }
        }
        return told;
    }
}
