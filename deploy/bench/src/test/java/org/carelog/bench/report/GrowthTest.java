package org.carelog.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import org.carelog.bench.client.Ending;
import org.carelog.bench.client.Timeline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Growth growth;

    @BeforeEach
    void create() throws IOException {
        growth = new Growth(directory.resolve("run"), new PrintStream(out, true, UTF_8));
    }

    private static Timeline taking(int millis) {
        Timeline timeline = new Timeline(0, 1);
        timeline.add(0, millis * 1_000_000L, Ending.done(1, 100));
        return timeline;
    }

    @Test
    void theTableHasASearchsLatenciesBySizeAndHowTheyGrew() throws IOException {
        // Given
        growth.measured("name", "GET Patient?family=", 1000, taking(4));
        growth.measured("name", "GET Patient?family=", 4000, taking(5));

        // When
        growth.tell();

        // Then
        assertThat(out.toString(UTF_8))
                .containsPattern("\\| p50 / p99 ms \\| 1,000 people \\| 4,000 people \\| growth of p50 \\|")
                .containsPattern("\\| name +\\| +4.0 / 4.0 \\| +5.0 / 5.0 \\| +1.25 \\|");
        assertThat(directory.resolve("run/growth.md")).content().isSubstringOf(out.toString(UTF_8));
        assertThat(growth.failed()).isFalse();
    }

    @Test
    void thePlotOfASearchHasTheSizesBelow() throws IOException {
        // Given
        growth.measured("name", "GET Patient?family=", 1000, taking(4));

        // When
        growth.tell();

        // Then
        assertThat(directory.resolve("run/growth-name.svg"))
                .content()
                .contains("GET Patient?family=", "1,000 people", "polyline")
                .doesNotContain("1 s");
    }

    @Test
    void whatWasAnsweredOtherwiseIsToldAndFailsTheRun() throws IOException {
        // Given
        Timeline refused = taking(4);
        refused.add(0, 1, Ending.failed("503"));

        // When
        growth.measured("name", "GET Patient?family=", 1000, refused);
        growth.tell();

        // Then
        assertThat(out.toString(UTF_8)).contains("failed: name 503, 1 times");
        assertThat(growth.failed()).isTrue();
    }
}
