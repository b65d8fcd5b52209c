package org.carelog.audit.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ChainTest {
    /** Computed with sha256sum; if this changes, no chain ever made can be checked any more. */
    @Test
    void theHashesAreThoseOfTheDocumentedBytes() {
        // Given
        byte[] start = Chain.start("patient-service");

        // When
        byte[] first = Chain.next(start, 1, "{}".getBytes(UTF_8));

        // Then
        assertThat(HexFormat.of().formatHex(start))
                .isEqualTo("da9db1da736336a7b991f69afd6bfc660f687794bf549ab56b9e2ece61020447");
        assertThat(HexFormat.of().formatHex(first))
                .isEqualTo("b8d97bcb9694f9196e847d02463c9981ea873d5fe743575aa694554e41d4e8bc");
    }

    @Test
    void anEntryInAnotherPlaceHasAnotherHash() {
        // Given
        byte[] start = Chain.start("patient-service");

        // When
        byte[] moved = Chain.next(start, 2, "{}".getBytes(UTF_8));

        // Then
        assertThat(moved).isNotEqualTo(Chain.next(start, 1, "{}".getBytes(UTF_8)));
    }
}
