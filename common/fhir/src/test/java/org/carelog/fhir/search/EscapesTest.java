package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EscapesTest {
    @Test
    void anEscapedDelimiterDoesNotSplit() {
        assertThat(Escapes.split("a\\,b,c\\\\,d", ',')).containsExactly("a\\,b", "c\\\\", "d");
    }

    @Test
    void emptyPartsAreKept() {
        assertThat(Escapes.split(",a,,", ',')).containsExactly("", "a", "", "");
    }

    @Test
    void onlyTheFourSpecialCharactersAreUnescaped() {
        assertThat(Escapes.unescape("\\,\\|\\$\\\\\\n\\")).isEqualTo(",|$\\\\n\\");
    }
}
