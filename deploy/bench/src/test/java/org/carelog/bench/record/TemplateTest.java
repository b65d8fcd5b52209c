package org.carelog.bench.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private static final String PERSONS = "0b1f4a52-6a52-4c3e-9d5e-0a1b2c3d4e5f";
    private static final String HOSPITALS = "ffffffff-6a52-4c3e-9d5e-0a1b2c3d4e5f";

    private static String copy(String original, long person, long revision) {
        Template template = new Template(original.getBytes(StandardCharsets.UTF_8), Set.of(PERSONS));
        return new String(template.copy(person, revision), StandardCharsets.UTF_8);
    }

    @Test
    void onlyAPersonsOwnIdsBecomeOthersAndTheSameOnesEverywhere() {
        // When
        String[] copy = copy(PERSONS + " é " + HOSPITALS + " " + PERSONS, 7, 0).split(" ");

        // Then
        assertThat(copy[0])
                .isNotEqualTo(PERSONS)
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                .isEqualTo(copy[3]);
        assertThat(copy[1]).isEqualTo("é");
        assertThat(copy[2]).isEqualTo(HOSPITALS);
    }

    @Test
    void eachPersonHasIdsOfItsOwnInEveryRevision() {
        assertThat(copy(PERSONS, 7, 1)).isEqualTo(copy(PERSONS, 7, 2)).isNotEqualTo(copy(PERSONS, 8, 1));
    }

    @Test
    void marksBecomeTheNumbersOfThePersonAndOfTheRevision() {
        assertThat(copy("\"Example" + Template.PERSON + "\" \"555-" + Template.REVISION + "\"", 1_234_567_890_123L, 42))
                .isEqualTo("\"Example567890123\" \"555-000000042\"");
    }
}
