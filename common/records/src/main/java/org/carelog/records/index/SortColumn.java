package org.carelog.records.index;

import java.util.List;
import java.util.stream.Stream;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SortKey;

/**
 * One key of an order as SQL.
 *
 * @param source the table and alias of the row that holds the value; empty: the head itself holds it
 * @param condition what chooses that row, at most one for a head
 * @param value the value; null only where there is no such row
 * @param type what a value that comes back from a page token, as text, is cast to
 * @param descending as the rows are read
 * @param backwards whether they are read from the end of the order, those without a value first
 */
record SortColumn(String source, String condition, String value, String type, boolean descending, boolean backwards) {
    private SortColumn(String source, String condition, String value, String type, boolean descending) {
        this(source, condition, value, type, descending, false);
    }

    /** The same, read from the end of the order: a resource counts by the same value. */
    SortColumn reversed() {
        return new SortColumn(source, condition, value, type, !descending, true);
    }

    /** @param number makes the alias of the row */
    static SortColumn of(SortKey key, int number) {
        String alias = "k" + number;
        int parameter = key.parameter().key();
        boolean descending = key.descending();
        String chosen = "%1$s.resource_key = r0.resource_key and %1$s.parameter = %2$d and %1$s.%3$s"
                .formatted(alias, parameter, descending ? "is_last" : "is_first");
        return switch (key.parameter().type()) {
            case ID -> new SortColumn("", "", "r0.resource_id collate \"C\"", "text", descending);
            case LAST_UPDATED -> new SortColumn("", "", "r0.last_updated", "timestamptz", descending);
            case DATE -> new SortColumn("resource_date " + alias, chosen, alias + ".low", "bigint", descending);
            case NUMBER, QUANTITY ->
                new SortColumn("resource_quantity " + alias, chosen, alias + ".measured_low", "numeric", descending);
            case STRING ->
                new SortColumn(
                        "resource_string " + alias,
                        chosen,
                        "left(%s.normalised, 100)".formatted(alias),
                        "text",
                        descending);
            case TOKEN -> {
                String code = code(alias, key);
                yield new SortColumn(
                        "resource_token " + alias,
                        "%s.resource_key = r0.resource_key and %s is not null".formatted(alias, code),
                        code,
                        "text",
                        descending);
            }
            case REFERENCE, URI, POSITION, COMPOSITE, WORDS ->
                throw new IllegalArgumentException("references, URIs, places, composites and words have no order");
        };
    }

    /** Of a parameter with several parts, the first or last code of all. */
    private static String code(String alias, SortKey key) {
        List<SearchParameter> parts = key.parameter().parts();
        return (parts.isEmpty() ? Stream.of(key.parameter()) : parts.stream())
                .map(part -> "((%s.codes -> '%d' ->> %d) collate \"C\")"
                        .formatted(alias, part.key(), key.descending() ? 1 : 0))
                .reduce((one, other) -> "%s(%s, %s)".formatted(key.descending() ? "greatest" : "least", one, other))
                .orElseThrow();
    }

    /** The head itself holds the value, so it is never missing. */
    boolean isOfHead() {
        return source.isEmpty();
    }

    String join(boolean required) {
        return isOfHead() ? "" : "%s %s on %s\n".formatted(required ? "join" : "left join", source, condition);
    }

    Fragment isMissing() {
        return Fragment.of("not exists (select from %s where %s)".formatted(source, condition));
    }

    String order(String of) {
        return orderWhereRequired(of) + (backwards ? " nulls first" : " nulls last");
    }

    /** Without nulls, in the words in which an index has the order. */
    String orderWhereRequired(String of) {
        return of + (descending ? " desc" : "");
    }

    Fragment follows(String last) {
        return compared(descending ? "<" : ">", last);
    }

    Fragment followsOrEquals(String last) {
        return compared(descending ? "<=" : ">=", last);
    }

    Fragment equalTo(String last) {
        return compared("=", last);
    }

    private Fragment compared(String operator, String last) {
        return Fragment.of("%s %s cast(? as %s)".formatted(value, operator, type), last);
    }
}
