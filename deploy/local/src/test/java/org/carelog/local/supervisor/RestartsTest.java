package org.carelog.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Restarts restarts = new Restarts();

    @Test
    void pausesGrowToTenSecondsAndStaySo() {
        // When
        List<Duration> pauses = new ArrayList<>();
        for (int death = 1; death <= 20; death++) {
            pauses.add(restarts.afterDeath(A_MOMENT));
        }

        // Then
        assertThat(pauses).isSorted();
        assertThat(pauses.subList(4, 20)).containsOnly(Duration.ofSeconds(10));
    }

    @Test
    void whoeverLivedLongStartsWithACleanSheet() {
        // Given
        Duration first = restarts.afterDeath(A_MOMENT);
        restarts.afterDeath(A_MOMENT);

        // When
        Duration pause = restarts.afterDeath(LONG);

        // Then
        assertThat(pause).isEqualTo(first);
    }
}
