package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {

    /** Strict parsers take nothing else. */
    @Test
    void theDayHasTwoDigits() {
        assertThat(HttpDate.of(Instant.parse("2026-06-03T07:08:09.123Z"))).isEqualTo("Wed, 03 Jun 2026 07:08:09 GMT");
    }

    @Test
    void aDateIsReadAsItIsWritten() {
        assertThat(HttpDate.parse("Wed, 03 Jun 2026 07:08:09 GMT")).contains(Instant.parse("2026-06-03T07:08:09Z"));
        assertThat(HttpDate.parse("Wed, 3 Jun 2026 07:08:09 GMT")).contains(Instant.parse("2026-06-03T07:08:09Z"));
        assertThat(HttpDate.parse("2026-06-03T07:08:09Z")).isEmpty();
    }
}
