package org.carelog.fhir.search;

import java.time.Instant;

/** A prefix and the range of time that the written date covers. */
public record DateComparison(Prefix prefix, DateRange range) {
    /** @throws IllegalArgumentException with a sentence that does not repeat the value */
    static DateComparison parse(String text, Instant now) {
        Prefix prefix = Prefix.of(text);
        DateRange range = DateRange.parse(prefix == null ? text : text.substring(2));
        return switch (prefix) {
            case null -> new DateComparison(Prefix.EQ, range);
            case AP -> new DateComparison(prefix, widened(range, now.toEpochMilli()));
            case EQ, NE, GT, GE, LT, LE, SA, EB -> new DateComparison(prefix, range);
        };
    }

    /** About a date means: within a tenth of its distance from now, as R4 recommends. */
    private static DateRange widened(DateRange range, long now) {
        long tolerance = Math.abs(now - range.low()) / 10;
        return new DateRange(range.low() - tolerance, range.high() + tolerance);
    }
}
