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
    private static final String ASCII_SPACE = " \t\n\u000B\f\r";
    /** What is neither letter, digit, space nor ignored. */
    private static final String ASCII_SYMBOLS = "$+<=>^`|~";

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    static Text of(String value) {
        String exact = storable(value);
        return new Text(exact, isAscii(exact) ? normalisedAscii(exact) : normalised(exact));
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** The same as {@link #normalised(String)}, in one pass: most texts are such, and each write has dozens of them. */
    private static String normalisedAscii(String value) {
        StringBuilder normalised = new StringBuilder(value.length());
        boolean spaced = false;
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            if (ASCII_SPACE.indexOf(character) >= 0) {
                spaced = true;
            } else if (Character.isLetterOrDigit(character) || ASCII_SYMBOLS.indexOf(character) >= 0) {
                if (spaced && !normalised.isEmpty()) {
                    normalised.append(' ');
                }
                spaced = false;
                normalised.append(Character.toLowerCase(character));
            }
        }
        return normalised.toString();
    }

    static String normalised(String exact) {
        String spaced = SPACE.matcher(exact).replaceAll(" ");
        String plain = IGNORED.matcher(Normalizer.normalize(spaced, Normalizer.Form.NFKD))
                .replaceAll("");
        // to upper case first: only so does "ß" become "ss"
        String folded = plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String decomposed = Normalizer.normalize(folded, Normalizer.Form.NFKD);
        return SPACE.matcher(IGNORED.matcher(decomposed).replaceAll(""))
                .replaceAll(" ")
                .strip();
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
