package org.carelog.encounter.oracle;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One value that is asked for.
 *
 * @param prefix of dates and numbers; empty: none
 * @param parts what stands between the bars
 */
record Operand(String prefix, List<String> parts) {
    static Operand of(String... parts) {
        return new Operand("", List.of(parts));
    }

    Operand with(String otherPrefix) {
        return new Operand(otherPrefix, parts);
    }

    String first() {
        return parts.getFirst();
    }

    String last() {
        return parts.getLast();
    }

    /** As a client writes it. */
    String sent() {
        return prefix + parts.stream().map(Operand::escaped).collect(Collectors.joining("|"));
    }

    private static String escaped(String part) {
        return part.replaceAll("[\\\\,|$]", "\\\\$0");
    }
}
