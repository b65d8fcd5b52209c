package org.carelog.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;

    @Test
    void theWarmUpIsDrawnButNotMeasured() {
        // Given
        Timeline timeline = new Timeline(1, 2);
        // When
        timeline.add(SECOND / 2, 900 * MILLISECOND, Ending.done(1, 9000));
        timeline.add(SECOND, 10 * MILLISECOND, Ending.done(30, 100));
        timeline.add(3 * SECOND - 1, 20 * MILLISECOND, Ending.done(10, 200));
        timeline.add(3 * SECOND, 30 * MILLISECOND, Ending.done(50, 300));
        // Then
        assertThat(timeline.rates()).containsExactly(1.0, 30.0, 10.0);
        assertThat(timeline.millis(1)).containsExactly(900.0, 10.0, 20.0);
        assertThat(timeline.perSecond()).isEqualTo(20);
        assertThat(timeline.latencies().millis(1)).isEqualTo(20);
        assertThat(timeline.bytesPerAnswer()).isEqualTo(150);
        assertThat(timeline.total()).isEqualTo(91);
    }

    @Test
    void whatFailsIsCountedByHowAndIsNothingDone() {
        // Given
        Timeline timeline = new Timeline(1, 1);
        // When
        timeline.add(0, MILLISECOND, Ending.failed("503"));
        timeline.add(SECOND, MILLISECOND, Ending.failed("503"));
        timeline.add(SECOND, MILLISECOND, Ending.done(4, 0));
        // Then
        assertThat(timeline.failures()).containsOnlyKeys("503").containsEntry("503", 2L);
        assertThat(timeline.perSecond()).isEqualTo(4);
    }
}
