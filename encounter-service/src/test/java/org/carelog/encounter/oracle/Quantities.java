package org.carelog.encounter.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;

/** @see <a href="https://hl7.org/fhir/R4/search.html#quantity">FHIR R4, quantity</a> */
final class Quantities {
    private static final String UCUM = "http://unitsofmeasure.org";
    /** Less than any number that there is. */
    private static final BigDecimal ENDLESS = new BigDecimal("-1e1000");

    private static final UcumEssenceService UNITS = units();
    private static final Map<String, Optional<Unit>> KNOWN = new ConcurrentHashMap<>();

    private Quantities() {}

    /** @param low null: there is no least; as {@code high} */
    record Span(BigDecimal low, BigDecimal high) {
        Span times(BigDecimal factor) {
            return new Span(low == null ? null : low.multiply(factor), high == null ? null : high.multiply(factor));
        }

        /** How the low end compares to the number. */
        int low(BigDecimal number) {
            return low == null ? -1 : low.compareTo(number);
        }

        int high(BigDecimal number) {
            return high == null ? 1 : high.compareTo(number);
        }
    }

    /** What can be compared with others of the same name when it is multiplied by the factor. */
    private record Unit(String name, BigDecimal factor) {}

    static boolean matches(Base element, Operand asked) {
        return span(element).filter(span -> matches(span, unit(element), asked)).isPresent();
    }

    private static boolean matches(Span value, Quantity unit, Operand asked) {
        if (asked.parts().size() == 1) {
            return compares(value, BigDecimal.ONE, asked);
        }
        String system = asked.parts().get(1);
        String code = asked.parts().get(2);
        if (system.isEmpty()) {
            return (code.equals(unit.getCode()) || code.equals(unit.getUnit()))
                    && compares(value, BigDecimal.ONE, asked);
        }
        if (!unit.hasCode()) {
            return false;
        }
        Unit given = unit(unit.getSystem(), unit.getCode());
        Unit wanted = unit(system, code);
        return given.name.equals(wanted.name) && compares(value.times(given.factor), wanted.factor, asked);
    }

    /** @param factor of what is asked for */
    private static boolean compares(Span value, BigDecimal factor, Operand asked) {
        BigDecimal number = new BigDecimal(asked.first());
        BigDecimal half = number.ulp().divide(BigDecimal.valueOf(2));
        BigDecimal n = number.multiply(factor);
        BigDecimal from = number.subtract(half).multiply(factor);
        BigDecimal to = number.add(half).multiply(factor);
        boolean equal = value.low(from) >= 0 && value.low(to) < 0 && value.high(to) < 0;
        boolean same = value.low(n) == 0 && value.high(n) == 0;
        return switch (asked.prefix()) {
            case "", "eq" -> equal;
            case "ne" -> !equal;
            case "gt" -> value.high(n) > 0;
            case "ge" -> value.high(n) > 0 || same;
            case "lt" -> value.low(n) < 0;
            case "le" -> value.low(n) < 0 || same;
            case "sa" -> value.low(n) > 0;
            case "eb" -> value.high(n) < 0;
            case "ap" -> {
                BigDecimal tenth = number.abs().movePointLeft(1).max(half).multiply(factor);
                yield value.low(n.add(tenth)) <= 0 && value.high(n.subtract(tenth)) >= 0;
            }
            default -> throw new IllegalArgumentException(asked.prefix());
        };
    }

    /** Empty: it has no number. */
    static Optional<Span> span(Base element) {
        return switch (element) {
            case DecimalType decimal -> Optional.of(new Span(decimal.getValue(), decimal.getValue()));
            case IntegerType integer -> {
                BigDecimal number = BigDecimal.valueOf(integer.getValue());
                yield Optional.of(new Span(number, number));
            }
            case Range range ->
                range.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Span(
                                range.getLow().getValue(), range.getHigh().getValue()));
            case Quantity quantity ->
                Optional.ofNullable(quantity.getValue()).map(number -> switch (quantity.getComparator()) {
                    case LESS_THAN, LESS_OR_EQUAL -> new Span(null, number);
                    case GREATER_THAN, GREATER_OR_EQUAL -> new Span(number, null);
                    case null, default -> new Span(number, number);
                });
            default -> Optional.empty();
        };
    }

    /** The least that it may be, in base units. */
    static Optional<BigDecimal> least(Base element) {
        Quantity unit = unit(element);
        BigDecimal factor = unit.hasCode() ? unit(unit.getSystem(), unit.getCode()).factor : BigDecimal.ONE;
        return span(element).map(span -> span.low == null ? ENDLESS : span.low.multiply(factor));
    }

    /** A quantity with the unit of this one. */
    static Quantity unit(Base element) {
        return switch (element) {
            case Quantity quantity -> quantity;
            case Range range -> range.hasLow() ? range.getLow() : range.getHigh();
            default -> new Quantity();
        };
    }

    private static Unit unit(String system, String code) {
        return UCUM.equals(system)
                ? KNOWN.computeIfAbsent(code, Quantities::canonical)
                        .orElse(new Unit(system + "|" + code, BigDecimal.ONE))
                : new Unit(system + "|" + code, BigDecimal.ONE);
    }

    /** Empty: it is no unit, or one that is not proportional to others, as degrees are. */
    private static synchronized Optional<Unit> canonical(String code) {
        try {
            Pair one = UNITS.getCanonicalForm(new Pair(new Decimal("1"), code));
            return Optional.of(
                    new Unit(one.getCode(), new BigDecimal(one.getValue().asScientific())));
        } catch (UcumException e) {
            return Optional.empty();
        }
    }

    private static UcumEssenceService units() {
        try (InputStream definitions = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
            return new UcumEssenceService(definitions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UcumException e) {
            throw new IllegalStateException(e);
        }
    }
}
