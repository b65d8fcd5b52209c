package org.carelog.records.index;

import org.carelog.fhir.search.Filter;
import org.carelog.fhir.search.Text;

/** Strings, through the index on their first {@link #INDEXED} characters. */
final class TextSql {
    static final int INDEXED = 100;

    /** Sorts after every character that a normalised string can have. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private TextSql() {}

    static Fragment exists(Filter.Texts texts, String head) {
        return Fragment.template(
                "exists (select from resource_string s where s.resource_key = " + head + ".resource_key and %s and %s)",
                Fragment.of("s.parameter = ?", texts.parameter().key()),
                Fragment.or(texts.anyOf().stream()
                        .map(text -> matches(texts.match(), text))
                        .toList()));
    }

    /** Of a row {@code s}. */
    static Fragment matches(Filter.TextMatch match, Text text) {
        String start = start(text.normalised());
        return switch (match) {
            case PREFIX ->
                start.equals(text.normalised())
                        ? between(start)
                        : Fragment.template(
                                "(%s and %s)",
                                between(start), Fragment.of("starts_with(s.normalised, ?)", text.normalised()));
            case CONTAINS -> Fragment.of("position(? in s.normalised) > 0", text.normalised());
            case SUFFIX -> Fragment.of("right(s.normalised, length(?)) = ?", text.normalised(), text.normalised());
            case WHOLE -> Fragment.of("(left(s.normalised, 100) = ? and s.normalised = ?)", start, text.normalised());
            case EXACT -> Fragment.of("(left(s.normalised, 100) = ? and s.exact = ?)", start, text.exact());
        };
    }

    private static Fragment between(String start) {
        return Fragment.of("(left(s.normalised, 100) >= ? and left(s.normalised, 100) < ?)", start, start + LAST);
    }

    /** What the database's {@code left(…, 100)} gives: it counts code points. */
    static String start(String normalised) {
        return normalised.codePointCount(0, normalised.length()) <= INDEXED
                ? normalised
                : normalised.substring(0, normalised.offsetByCodePoints(0, INDEXED));
    }
}
