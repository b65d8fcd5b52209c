package org.carelog.fhir.search;

import java.util.List;

/**
 * A number, and in which unit.
 *
 * @param comparison where a measure is given, in its base units
 * @param measure null: numbers are compared as they are
 * @param unit the hash of a code or the name of a unit, of whatever system; null: any
 */
public record QuantityComparison(NumberComparison comparison, Long measure, Long unit) {

    /** @throws IllegalArgumentException with a sentence that does not repeat the value */
    static QuantityComparison parse(String text, QueryContext context) {
        List<String> parts = Escapes.split(text, '|');
        NumberComparison comparison = NumberComparison.parse(parts.getFirst());
        if (parts.size() == 1) {
            return new QuantityComparison(comparison, null, null);
        }
        String code = Escapes.unescape(parts.getLast());
        if (parts.size() != 3 || code.isEmpty()) {
            throw new IllegalArgumentException("a quantity is number, number|system|code or number||code");
        }
        String system = Escapes.unescape(parts.get(1));
        if (system.isEmpty()) {
            return new QuantityComparison(comparison, null, unit(code));
        }
        Measure measure = context.measure(system, code);
        return new QuantityComparison(comparison.times(measure.factor()), measure.hash(), null);
    }

    static long unit(String code) {
        return ValueHash.of("unit", code);
    }

    @Override
    public String toString() {
        return "QuantityComparison[" + comparison.prefix() + "]";
    }
}
