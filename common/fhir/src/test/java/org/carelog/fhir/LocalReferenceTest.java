package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalReferenceTest {
    private static final String BASE = "https://care.example/fhir";
    private static final String ID = "[A-Za-z0-9\\-.]{1,64}";
    private static final String FORM = "([A-Z][A-Za-z]{1,63})/(" + ID + ")(?:/_history/" + ID + ")?";
    private static final Pattern WHOLE = Pattern.compile("(?:" + Pattern.quote(BASE) + "/)?" + FORM);
    private static final Pattern AT_END = Pattern.compile("(?:.*/)?" + FORM);

    /** What a reference may be made of; each of the limits, and what is one beyond. */
    private static final List<String> PARTS = List.of(
            "Patient",
            "patient",
            "P",
            "P9",
            "Pä",
            "P".repeat(64),
            "P".repeat(65),
            "/",
            "/_history/",
            "_history",
            "-.9",
            "ä",
            "#",
            " ",
            "1".repeat(64),
            "1".repeat(65),
            BASE);

    @Test
    void isAllThatHasItsFormAndNothingElse() {
        // Given
        List<String> references = sequences(4).toList();
        // When, Then
        assertThat(references).hasSizeGreaterThan(80_000).allSatisfy(reference -> {
            assertThat(LocalReference.of(reference, BASE)).isEqualTo(found(WHOLE, reference));
            assertThat(LocalReference.atEnd(reference)).isEqualTo(found(AT_END, reference));
        });
        assertThat(references.stream()
                        .filter(reference -> found(WHOLE, reference).isPresent()))
                .hasSizeGreaterThan(50);
    }

    private static Stream<String> sequences(int parts) {
        return parts == 0
                ? Stream.of("")
                : sequences(parts - 1).flatMap(begun -> PARTS.stream().map(begun::concat));
    }

    private static Optional<LocalReference> found(Pattern form, String reference) {
        Matcher matcher = form.matcher(reference);
        return matcher.matches()
                ? Optional.of(new LocalReference(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    @Test
    void aVersionBelongsToIt() {
        assertThat(LocalReference.of(BASE + "/Patient/p/_history/3", BASE))
                .contains(new LocalReference("Patient", "p"));
        assertThat(LocalReference.of("Patient/p/_history/3", BASE)).contains(new LocalReference("Patient", "p"));
        assertThat(LocalReference.of("Patient/p/_history/", BASE)).isEmpty();
    }
}
