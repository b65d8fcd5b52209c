package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateRangeTest {
    @ParameterizedTest
    @CsvSource({
        "2020,                          2020-01-01T00:00:00Z,     2021-01-01T00:00:00Z",
        "2020-02,                       2020-02-01T00:00:00Z,     2020-03-01T00:00:00Z",
        "2020-12,                       2020-12-01T00:00:00Z,     2021-01-01T00:00:00Z",
        "2020-02-29,                    2020-02-29T00:00:00Z,     2020-03-01T00:00:00Z",
        "2020-02-29T10:30,              2020-02-29T10:30:00Z,     2020-02-29T10:31:00Z",
        "2020-02-29T10:30+02:00,        2020-02-29T08:30:00Z,     2020-02-29T08:31:00Z",
        "2020-02-29T10:30:15Z,          2020-02-29T10:30:15Z,     2020-02-29T10:30:16Z",
        "2020-02-29T10:30:15-05:00,     2020-02-29T15:30:15Z,     2020-02-29T15:30:16Z",
        "2020-02-29T10:30:15.5Z,        2020-02-29T10:30:15.500Z, 2020-02-29T10:30:15.501Z",
        "2020-02-29T10:30:15.123456Z,   2020-02-29T10:30:15.123Z, 2020-02-29T10:30:15.124Z",
    })
    void aDateCoversTheTimeOfItsPrecision(String written, Instant low, Instant high) {
        // When
        DateRange range = DateRange.parse(written);

        // Then
        assertThat(range).isEqualTo(new DateRange(low.toEpochMilli(), high.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "2020-1",
                "2020-13",
                "2021-02-29",
                "2020-01-01T",
                "2020-01-01T10",
                "2020-01-01T25:00",
                "2020-01-01T10:60",
                "2020-01-01T10:30:61Z",
                "2020-01-01T10:30:15.Z",
                "2020-01-01T10:30+2",
                "today",
                "2020-01-01Z",
                "99999",
                "2020-01-01T10:30:15+19:00"
            })
    void whatIsNoDateIsRefusedWithoutRepeatingIt(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateRange.parse(written))
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("2020").doesNotContain("2021"));
    }

    @Test
    void aPlusThatBecameASpaceOnTheWayIsExplained() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DateRange.parse("2020-01-01T10:30:00 02:00"))
                .withMessageContaining("%2B");
    }
}
