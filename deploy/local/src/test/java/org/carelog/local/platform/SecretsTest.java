package org.carelog.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    private Path directory;

    @Test
    void aSecretIsTheSameAtEveryStart() throws Exception {
        // Given
        Path file = directory.resolve("secrets.properties");
        String password = Secrets.in(file).password("patient.owner");

        // When
        String later = Secrets.in(file).password("patient.owner");

        // Then
        assertThat(later).isEqualTo(password).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void everyNameHasASecretOfItsOwn() throws Exception {
        // Given
        Secrets secrets = Secrets.in(directory.resolve("secrets.properties"));

        // When, Then
        assertThat(secrets.password("patient.owner")).isNotEqualTo(secrets.password("patient.service"));
    }

    @Test
    void nobodyButTheOwnerReadsTheFile() throws Exception {
        // Given
        Path file = directory.resolve("secrets.properties");

        // When
        Secrets.in(file).password("patient.owner");

        // Then
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aKeyHas256Bits() throws Exception {
        // When
        String key = Secrets.in(directory.resolve("secrets.properties")).key("patient-service.page-key");

        // Then
        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    }

    @Test
    void printedItShowsNoSecret() throws Exception {
        // Given
        Secrets secrets = Secrets.in(directory.resolve("secrets.properties"));
        String password = secrets.password("patient.owner");

        // When, Then
        assertThat(secrets.toString()).contains("patient.owner").doesNotContain(password);
    }
}
