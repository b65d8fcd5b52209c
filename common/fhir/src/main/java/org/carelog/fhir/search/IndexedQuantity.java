package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * A number of a resource.
 *
 * @param given as it stands there
 * @param measure the hash of what it is measured in; {@link #NONE}: it has no unit
 * @param measured the same in base units
 * @param code the hash of the unit's code, or {@link #NONE}
 * @param unit the hash of the unit's name, or {@link #NONE}
 */
public record IndexedQuantity(NumberRange given, long measure, NumberRange measured, long code, long unit) {
    private static final long NONE = 0;

    static IndexedQuantity of(NumberRange range) {
        NumberRange given = range.times(BigDecimal.ONE);
        return new IndexedQuantity(given, NONE, given, NONE, NONE);
    }

    /** @param quantity which has the unit */
    static IndexedQuantity of(NumberRange range, JsonNode quantity) {
        String code = quantity.path("code").asText(null);
        String unit = quantity.path("unit").asText(null);
        NumberRange given = range.times(BigDecimal.ONE);
        if (code == null) {
            return new IndexedQuantity(given, NONE, given, NONE, hash(unit));
        }
        Measure measure = Measure.of(quantity.path("system").asText(), code);
        return new IndexedQuantity(given, measure.hash(), range.times(measure.factor()), hash(code), hash(unit));
    }

    private static long hash(String name) {
        return name == null ? NONE : QuantityComparison.unit(name);
    }

    @Override
    public String toString() {
        return "IndexedQuantity";
    }
}
