package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
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
    void aLongValueIsNotKept() {
        // Given
        WeakReference<String> value = hashed("x".repeat(60_000));

        // When
        for (int i = 0; i < 100 && value.get() != null; i++) {
            System.gc();
        }

        // Then
        assertThat(value.get()).isNull();
    }

    private static WeakReference<String> hashed(String value) {
        ValueHash.of("Patient", value);
        return new WeakReference<>(value);
    }

    @Test
    void itIsTheBeginningOfSha256() {
        // printf 'a\377b\377' | sha256sum
        assertThat(Long.toHexString(ValueHash.of("a", "b"))).isEqualTo("8872fa7b26b0c523");
        assertThat(ValueHash.of("a", "b")).isNotEqualTo(ValueHash.of("ab", ""));
    }
}
