package org.carelog.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadSummaryTest {

    @Test
    void theLastLineIsTheOneThatScriptsRead() {
        assertThat(new LoadSummary(1200, 3, Duration.ofMillis(2500)))
                .hasToString("loaded 1200 resources in 2.5 s (480/s), refused 3");
    }
}
