package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void whatIsUsedStaysAndWhatIsNotMakesRoom() {
        // Given
        Recent<Integer> recent = new Recent<>(2);
        recent.put("mg", 1);
        recent.put("nobodys", 2);

        // When
        recent.get("mg");
        recent.put("kg", 3);

        // Then
        assertThat(recent).containsOnlyKeys("mg", "kg");
    }
}
