package org.carelog.fhir.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/**
 * The numbers from {@code low} to {@code high}.
 *
 * @param low null: there is no least
 * @param high null: there is no greatest
 */
public record NumberRange(BigDecimal low, BigDecimal high) {
    private static final Pattern FORM = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,3})?");
    private static final MathContext DIGITS = new MathContext(18);
    private static final int MOST_EXPONENT = 400;

    /** @throws IllegalArgumentException with a sentence that does not repeat the text */
    static BigDecimal parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a number is written with digits, such as 5.40 or 1e-3,"
                    + " after one of the prefixes eq ne gt ge lt le sa eb ap or none");
        }
        return new BigDecimal(text);
    }

    static NumberRange of(BigDecimal number) {
        return new NumberRange(number, number);
    }

    /** What is this number when it is rounded to the digits in which it is written: of 5.4, 5.35 to 5.45. */
    static NumberRange roundedTo(BigDecimal number) {
        return around(number, number.ulp().movePointLeft(1).multiply(BigDecimal.valueOf(5)));
    }

    static NumberRange around(BigDecimal number, BigDecimal tolerance) {
        return new NumberRange(number.subtract(tolerance), number.add(tolerance));
    }

    /** The same in another unit. */
    NumberRange times(BigDecimal factor) {
        return new NumberRange(times(low, factor), times(high, factor));
    }

    private static BigDecimal times(BigDecimal number, BigDecimal factor) {
        return number == null ? null : storable(number.multiply(factor));
    }

    /** With as many digits, and so far from one, as any measurement is: a client may send more than an index can keep. */
    static BigDecimal storable(BigDecimal number) {
        BigDecimal rounded = number.round(DIGITS);
        int exponent = rounded.precision() - rounded.scale();
        if (exponent > MOST_EXPONENT) {
            return BigDecimal.valueOf(rounded.signum(), -MOST_EXPONENT);
        }
        return exponent < -MOST_EXPONENT ? BigDecimal.ZERO : rounded.stripTrailingZeros();
    }
}
