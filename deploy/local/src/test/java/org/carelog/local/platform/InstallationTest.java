package org.carelog.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    private Path directory;

    @Test
    void theDataIsInTheCheckoutUnlessTheEnvironmentSaysElsewhere() {
        // When, Then
        assertThat(Installation.of(Map.of("CARELOG_ROOT", "/checkout")).data())
                .isEqualTo(Path.of("/checkout/.carelog/data"));
        assertThat(Installation.of(Map.of("CARELOG_ROOT", "/checkout", "CARELOG_DATA", "/mnt/other"))
                        .data())
                .isEqualTo(Path.of("/mnt/other"));
    }

    @Test
    void theDataIsForItsOwnerAlone() throws Exception {
        // Given
        Path data = directory.resolve("new/data");

        // When
        new Installation(Path.of("/checkout"), data).createData();

        // Then
        assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void withoutACheckoutTheCommandToUseIsNamed() {
        // When, Then
        assertThatThrownBy(() -> Installation.of(Map.of())).hasMessageContaining("./carelog");
    }

    @Test
    void aResetDeletesWhatTheSystemMadeAndNothingElse() throws Exception {
        // Given
        Installation installation = new Installation(Path.of("/checkout"), directory);
        Path record = Files.createDirectories(installation.postgres().resolve("data/base"));
        Path checkpoint = Files.writeString(
                Files.createDirectories(installation.checkpoints()).resolve("checkpoint"), "of the old ledger");
        Files.writeString(installation.state(), "{}");
        Path others = Files.writeString(directory.resolve("thesis.txt"), "not ours");

        // When
        installation.deleteData();

        // Then
        assertThat(record).doesNotExist();
        assertThat(checkpoint).doesNotExist();
        assertThat(installation.state()).doesNotExist();
        assertThat(others).exists();
    }
}
