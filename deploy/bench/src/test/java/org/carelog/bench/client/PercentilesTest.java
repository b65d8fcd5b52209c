package org.carelog.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentilesTest {

    @Test
    void aPercentileIsTheSmallestValueThatThatShareIsNotAbove() {
        // Given
        Percentiles latencies = new Percentiles();
        for (int millis = 2000; millis >= 1; millis--) {
            latencies.add(millis * 1_000_000L);
        }

        // When
        String summary = latencies.summary();

        // Then
        assertThat(summary.replaceAll(" +", " "))
                .isEqualTo("n=2000 p50 1000.0 ms p90 1800.0 ms p99 1980.0 ms max 2000.0 ms");
    }

    @Test
    void nothingMeasuredIsSaid() {
        assertThat(new Percentiles().summary()).isEqualTo("n=0");
    }
}
