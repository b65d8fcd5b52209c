package org.carelog.records.index;

import java.time.Instant;
import java.util.List;
import org.carelog.fhir.search.DateComparison;
import org.carelog.fhir.search.Filter;

/**
 * Ranges of time against ranges of time, and against the instant of the last update. Conditions that follow from the
 * others are written out where they give an index a bound.
 *
 * @see org.carelog.fhir.search.Prefix
 */
final class DateSql {
    private DateSql() {}

    static Fragment exists(Filter.Dates dates, String head) {
        return Fragment.template(
                "exists (select from resource_date d where d.resource_key = " + head + ".resource_key and %s and %s)",
                Fragment.of("d.parameter = ?", dates.parameter().key()),
                Fragment.or(dates.anyOf().stream().map(DateSql::range).toList()));
    }

    private static Fragment range(DateComparison comparison) {
        long low = comparison.range().low();
        long high = comparison.range().high();
        return switch (comparison.prefix()) {
            case EQ -> Fragment.of("(d.low >= ? and d.low < ? and d.high <= ?)", low, high, high);
            case NE -> Fragment.of("(d.low < ? or d.high > ?)", low, high);
            case GT -> Fragment.of("d.high > ?", high);
            case GE -> Fragment.of("(d.high > ? and (d.high > ? or d.low >= ?))", low, high, low);
            case LT -> Fragment.of("d.low < ?", low);
            case LE -> Fragment.of("(d.low < ? and (d.low < ? or d.high <= ?))", high, low, high);
            case SA -> Fragment.of("d.low >= ?", high);
            case EB -> Fragment.of("d.high <= ?", low);
            case AP -> Fragment.of("(d.low < ? and d.high > ?)", high, low);
        };
    }

    /** A column that is one instant. */
    static Fragment at(String column, List<DateComparison> comparisons) {
        return Fragment.or(comparisons.stream()
                .map(comparison -> instant(column, comparison))
                .toList());
    }

    private static Fragment instant(String column, DateComparison comparison) {
        Instant low = Instant.ofEpochMilli(comparison.range().low());
        Instant high = Instant.ofEpochMilli(comparison.range().high());
        return switch (comparison.prefix()) {
            case EQ, AP -> Fragment.of("(%1$s >= ? and %1$s < ?)".formatted(column), low, high);
            case NE -> Fragment.of("(%1$s < ? or %1$s >= ?)".formatted(column), low, high);
            case GT, SA -> Fragment.of(column + " >= ?", high);
            case GE -> Fragment.of(column + " >= ?", low);
            case LT, EB -> Fragment.of(column + " < ?", low);
            case LE -> Fragment.of(column + " < ?", high);
        };
    }
}
