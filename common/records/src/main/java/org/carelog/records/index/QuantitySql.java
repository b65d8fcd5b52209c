package org.carelog.records.index;

import java.math.BigDecimal;
import org.carelog.fhir.search.Filter;
import org.carelog.fhir.search.NumberComparison;
import org.carelog.fhir.search.QuantityComparison;
import org.carelog.sql.Columns;

/**
 * Numbers against numbers, as they are written or in base units. Both ends belong to a range of a resource; the upper end
 * of what a query's number may be rounded from does not belong to it. Conditions that follow from the others are written
 * out where they give an index a bound.
 *
 * @see org.carelog.fhir.search.Prefix
 */
final class QuantitySql {
    private QuantitySql() {}

    static Fragment exists(Filter.Quantities quantities, String head) {
        return Fragment.template(
                "exists (select from resource_quantity q where q.resource_key = " + head
                        + ".resource_key and %s and %s and %s)",
                Fragment.of("q.parameter = ?", quantities.parameter().key()),
                quantities.beside().isEmpty()
                        ? Fragment.of("true")
                        : Fragment.of("q.beside && ?", (Object) Columns.longs(quantities.beside(), Long::longValue)),
                Fragment.or(
                        quantities.anyOf().stream().map(QuantitySql::quantity).toList()));
    }

    private static Fragment quantity(QuantityComparison comparison) {
        if (comparison.measure() != null) {
            return Fragment.template(
                    "(%s and %s)",
                    Fragment.of("q.measure = ?", comparison.measure()),
                    range("q.measured_low", "q.measured_high", comparison.comparison()));
        }
        Fragment range = range("q.low", "q.high", comparison.comparison());
        return comparison.unit() == null
                ? range
                : Fragment.template(
                        "(%s and %s)",
                        Fragment.of("(q.code = ? or q.unit = ?)", comparison.unit(), comparison.unit()), range);
    }

    private static Fragment range(String l, String h, NumberComparison comparison) {
        BigDecimal low = comparison.range().low();
        BigDecimal high = comparison.range().high();
        return switch (comparison.prefix()) {
            case EQ -> of("({l} >= ? and {l} < ? and {h} < ?)", l, h, low, high, high);
            case NE -> of("({l} < ? or {h} >= ?)", l, h, low, high);
            case GT -> of("{h} > ?", l, h, high);
            case GE -> of("({h} > ? or {l} >= ?)", l, h, high, low);
            case LT -> of("{l} < ?", l, h, low);
            case LE -> of("({l} <= ? and ({l} < ? or {h} <= ?))", l, h, low, low, high);
            case SA -> of("{l} > ?", l, h, high);
            case EB -> of("({l} < ? and {h} < ?)", l, h, low, low);
            case AP -> of("({l} <= ? and {h} >= ?)", l, h, high, low);
        };
    }

    private static Fragment of(String condition, String low, String high, Object... values) {
        return Fragment.of(condition.replace("{l}", low).replace("{h}", high), values);
    }
}
