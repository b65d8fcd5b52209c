package org.carelog.fhir.search;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a number is of, so that numbers can be compared: the same base units of UCUM, or else the same code of the same system.
 *
 * @param hash of the base units, or of system and code
 * @param factor by which the number is multiplied before
 */
record Measure(long hash, BigDecimal factor) {
    static Measure of(String system, String code) {
        return (system.equals(Units.UCUM) ? Units.canonical(code) : Optional.<Units.Canonical>empty())
                .map(canonical -> new Measure(ValueHash.of("unit", "base", canonical.units()), canonical.factor()))
                .orElseGet(() -> new Measure(ValueHash.of("unit", system, code), BigDecimal.ONE));
    }
}
