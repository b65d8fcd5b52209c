package org.carelog.fhir.search;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A prefix and a range of numbers. Of EQ, NE and AP it is what the written number stands for; the other prefixes take the
 * number as it is.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#number">FHIR R4, number</a>
 */
public record NumberComparison(Prefix prefix, NumberRange range) {
    private static final BigDecimal TENTH = new BigDecimal("0.1");

    /** @throws IllegalArgumentException with a sentence that does not repeat the value */
    static NumberComparison parse(String text) {
        Prefix prefix = Prefix.of(text);
        BigDecimal number = NumberRange.parse(prefix == null ? text : text.substring(2));
        return switch (prefix) {
            case null -> new NumberComparison(Prefix.EQ, NumberRange.roundedTo(number));
            case EQ, NE -> new NumberComparison(prefix, NumberRange.roundedTo(number));
            case AP -> new NumberComparison(prefix, NumberRange.around(number, tolerance(number)));
            case GT, GE, LT, LE, SA, EB -> new NumberComparison(prefix, NumberRange.of(number));
        };
    }

    /** A tenth, as R4 recommends, but never less than the digits say. */
    private static BigDecimal tolerance(BigDecimal number) {
        return number.abs()
                .multiply(TENTH, MathContext.DECIMAL64)
                .max(NumberRange.roundedTo(number).high().subtract(number));
    }

    NumberComparison times(BigDecimal factor) {
        return new NumberComparison(prefix, range.times(factor));
    }
}
