package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueHashTest {

    @Test
    void moreValuesThanAreRememberedHaveEachTheirOwnHashAndKeepIt() {
        // Given
        int values = 20_000;
        long[] first = IntStream.range(0, values)
                .mapToLong(value -> ValueHash.of("Patient", "v" + value))
                .toArray();

        // When
        long[] again = IntStream.range(0, values)
                .mapToLong(value -> ValueHash.of("Patient", "v" + value))
                .toArray();

        // Then
        assertThat(again).isEqualTo(first);
        Set<Long> different = new HashSet<>();
        for (long hash : first) {
            different.add(hash);
        }
        assertThat(different).hasSize(values);
    }

    @Test
    void itIsTheBeginningOfSha256() {
        // printf 'a\377b\377' | sha256sum
        assertThat(Long.toHexString(ValueHash.of("a", "b"))).isEqualTo("8872fa7b26b0c523");
        assertThat(ValueHash.of("a", "b")).isNotEqualTo(ValueHash.of("ab", ""));
    }
}
