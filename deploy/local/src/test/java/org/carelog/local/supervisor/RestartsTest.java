package org.carelog.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private static final Duration A_MOMENT = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(10);

    private final Restarts restarts = new Restarts();

    @Test
    void pausesGrowAndTheSixthDeathInARowIsTheLast() {
        // When
        List<Optional<Duration>> pauses = new ArrayList<>();
        for (int death = 1; death <= 6; death++) {
            pauses.add(restarts.afterDeath(A_MOMENT));
        }

        // Then
        assertThat(pauses.subList(0, 5)).allMatch(Optional::isPresent);
        assertThat(pauses.subList(0, 5).stream().map(Optional::get)).isSorted();
        assertThat(pauses.get(5)).isEmpty();
    }

    @Test
    void whoeverLivedLongStartsWithACleanSheet() {
        // Given
        Optional<Duration> first = restarts.afterDeath(A_MOMENT);
        restarts.afterDeath(A_MOMENT);

        // When
        Optional<Duration> pause = restarts.afterDeath(LONG);

        // Then
        assertThat(pause).isEqualTo(first);
    }
}
