package org.carelog.fhir.search;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A string as it is searched.
 *
 * @param exact as it was written
 * @param normalised without case, accents, punctuation and non-significant white space
 * @see <a href="https://hl7.org/fhir/R4/search.html#string">FHIR R4, string</a>
 */
public record Text(String exact, String normalised) {
    private static final Pattern IGNORED = Pattern.compile("[\\p{M}\\p{P}\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}]");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    static Text of(String value) {
        String exact = storable(value);
        String spaced = SPACE.matcher(exact).replaceAll(" ");
        String plain = IGNORED.matcher(Normalizer.normalize(spaced, Normalizer.Form.NFKD))
                .replaceAll("");
        // to upper case first: only so does "ß" become "ss"
        String folded = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String decomposed = Normalizer.normalize(folded, Normalizer.Form.NFKD);
        return new Text(
                exact,
                SPACE.matcher(IGNORED.matcher(decomposed).replaceAll(""))
                        .replaceAll(" ")
                        .strip());
    }

    /**
     * @param alternatives still escaped
     * @throws IllegalArgumentException when nothing is left of one
     */
    static List<Text> alternatives(List<String> alternatives) {
        List<Text> texts = alternatives.stream()
                .map(value -> Text.of(Escapes.unescape(value)))
                .toList();
        if (texts.stream().anyMatch(text -> text.normalised().isEmpty())) {
            throw new IllegalArgumentException(
                    "nothing is left of a value without its punctuation, accents and white space");
        }
        return texts;
    }

    /** Without what a database's text cannot hold: NUL and half surrogate pairs. */
    static String storable(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    @Override
    public String toString() {
        return "Text[%d characters]".formatted(exact.length());
    }
}
