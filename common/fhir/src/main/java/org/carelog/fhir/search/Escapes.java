package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The backslash in search values: {@code \,}, {@code \|}, {@code \$} and {@code \\} stand for the second character.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#escaping">FHIR R4, escaping search parameters</a>
 */
final class Escapes {
    private static final String ESCAPABLE = ",|$\\";

    private Escapes() {}

    /** Splits at delimiters that are not escaped; the parts stay escaped. */
    static List<String> split(String value, char delimiter) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '\\') {
                i++;
            } else if (value.charAt(i) == delimiter) {
                parts.add(value.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(value.substring(start));
        return parts;
    }

    /** A backslash before any other character stands for itself. */
    static String unescape(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escapes = c == '\\' && i + 1 < value.length() && ESCAPABLE.indexOf(value.charAt(i + 1)) >= 0;
            plain.append(escapes ? value.charAt(++i) : c);
        }
        return plain.toString();
    }
}
