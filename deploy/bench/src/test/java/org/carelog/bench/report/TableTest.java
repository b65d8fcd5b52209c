package org.carelog.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        // When
        String table = new Table("scenario", "per s")
                .row("read", "12345.6")
                .row("everything", "1")
                .toString();

        // Then
        assertThat(table).isEqualTo("""
                | scenario   |   per s |
                |------------|--------:|
                | read       | 12345.6 |
                | everything |       1 |
                """);
    }
}
