package org.carelog.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailTest {

    @TempDir
    private Path directory;

    @Test
    void theLastLinesOfALongLogAreShown() throws Exception {
        // Given
        Path log = Files.writeString(directory.resolve("log"), "filler\n".repeat(100_000) + "one\ntwo\nthree\n");

        // When, Then
        assertThat(Tail.of(log, 2)).containsExactly("two", "three");
    }

    @Test
    void aShortLogIsShownWhole() throws Exception {
        // Given
        Path log = Files.writeString(directory.resolve("log"), "only");

        // When, Then
        assertThat(Tail.of(log, 30)).containsExactly("only");
    }

    @Test
    void aLogThatIsNotThereIsEmpty() throws Exception {
        // When, Then
        assertThat(Tail.of(directory.resolve("none"), 30)).isEmpty();
    }
}
