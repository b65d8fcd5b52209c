package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                    Müller,           muller
                    MU\u0308LLER,     muller
                    Größe,            grosse
                    O'Brien,          obrien
                    '  van  der\tBerg ', van der berg
                    Anne-Marie,       annemarie
                    'St. Anne, Hill', st anne hill
                    'A - B',          a b
                    Łukasz,           łukasz
                    ΣΊΣΥΦΟΣ,          σισυφος
                    ﬁnch,             finch
                    '%_\\',           '%_\\'
                    """)
    void caseAccentsPunctuationAndSpacingDoNotCount(String written, String normalised) {
        // a percent sign, an underscore and a backslash are punctuation too
        assertThat(Text.of(written).normalised()).isEqualTo(normalised.equals("%_\\") ? "" : normalised);
    }

    @Test
    void whatIsAsciiIsNormalisedAsEverythingElse() {
        for (char first = 1; first < 0x80; first++) {
            for (char second = 1; second < 0x80; second++) {
                String written = "" + first + 'A' + first + second + 'b' + second;
                assertThat(Text.of(written).normalised()).isEqualTo(Text.normalised(written));
            }
        }
    }

    @Test
    void whatADatabaseCannotHoldIsReplaced() {
        // When
        Text text = Text.of("a\0b\uD800c");

        // Then
        assertThat(text.exact()).isEqualTo("a\uFFFDb?c");
    }

    @Test
    void nothingOfTheTextIsPrinted() {
        assertThat(Text.of("Müller")).hasToString("Text[6 characters]");
    }
}
