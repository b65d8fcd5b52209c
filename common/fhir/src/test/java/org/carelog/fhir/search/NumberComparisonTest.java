package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "100,     EQ, 99.5,   100.5",
        "100.00,  EQ, 99.995, 100.005",
        "1e2,     EQ, 50,     150",
        "5.4e-3,  EQ, 0.00535, 0.00545",
        "-3,      EQ, -3.5,   -2.5",
        "ne5.40,  NE, 5.395,  5.405",
        "gt5.4,   GT, 5.4,    5.4",
        "eb5.4,   EB, 5.4,    5.4",
        "ap100,   AP, 90,     110",
        "ap0,     AP, -0.5,   0.5",
    })
    void aNumberStandsForWhatIsRoundedToItsDigits(String written, Prefix prefix, BigDecimal low, BigDecimal high) {
        // When
        NumberComparison comparison = NumberComparison.parse(written);

        // Then
        assertThat(comparison.prefix()).isEqualTo(prefix);
        assertThat(comparison.range().low()).isEqualByComparingTo(low);
        assertThat(comparison.range().high()).isEqualByComparingTo(high);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gt", "x5", "5,4", "5.", ".5", "0x10", "NaN", "1e9999", "5 ", "Infinity"})
    void whatIsNoNumberIsRefusedWithoutRepeatingIt(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NumberComparison.parse(written))
                .withMessageStartingWith("a number is written with digits");
    }

    @ParameterizedTest
    @CsvSource({
        "1,     mg/dL,  10,     g/m3",
        "1,     [lb_av], 453.59237, g",
        "60,    /min,   1,      s-1",
        "120,   mm[Hg], 15.99864, kPa",
        "5,     %,      0.05,   1",
        "3,     wk,     21,     d",
    })
    void unitsThatMeasureTheSameCompare(BigDecimal number, String code, BigDecimal same, String otherCode) {
        // When
        Measure one = Measure.of(Units.UCUM, code);
        Measure other = Measure.of(Units.UCUM, otherCode);

        // Then
        assertThat(one.hash()).isEqualTo(other.hash());
        assertThat(NumberRange.of(number).times(one.factor()))
                .isEqualTo(NumberRange.of(same).times(other.factor()));
    }

    @ParameterizedTest
    @CsvSource({"mg, mL", "Cel, K", "bogus, {score}", "kg, KG"})
    void unitsThatDoNotAreKeptApart(String code, String other) {
        assertThat(Measure.of(Units.UCUM, code).hash())
                .isNotEqualTo(Measure.of(Units.UCUM, other).hash());
    }

    @ParameterizedTest
    @CsvSource({"1e99999, 1e400", "-1e99999, -1e400", "1e-99999, 0", "0.1234567890123456789012, 0.123456789012345679"})
    void anIndexKeepsANumberAsFarAsItCan(BigDecimal number, BigDecimal kept) {
        assertThat(NumberRange.storable(number)).isEqualByComparingTo(kept);
    }
}
