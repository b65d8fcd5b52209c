package org.carelog.records.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a quantity parameter finds is what R4's definition of its prefix says, evaluated plainly in one unit. */
class QuantitySqlTest {
    private static final String UCUM = "http://unitsofmeasure.org";

    private static final SearchFixture FIXTURE = new SearchFixture();
    private static final Random RANDOM = new Random(1936);
    private static final List<String> PREFIXES = List.of("eq", "ne", "gt", "ge", "lt", "le", "sa", "eb", "ap", "");
    /** How many milligrams one is. */
    private static final Map<String, Integer> UNITS = Map.of("mg", 1, "g", 1_000, "kg", 1_000_000);
    /** By the observation's id: how many milligrams. */
    private static final Map<String, Weight> WEIGHTS = new LinkedHashMap<>();

    static {
        for (int i = 0; i < 80; i++) {
            write("o" + i);
        }
    }

    /** From, and up to: null is open. */
    private record Weight(BigDecimal from, BigDecimal to) {
        boolean reachesBeyond(BigDecimal number) {
            return to == null || to.compareTo(number) > 0;
        }

        boolean beginsBefore(BigDecimal number) {
            return from == null || from.compareTo(number) < 0;
        }

        boolean isWithin(BigDecimal low, BigDecimal high) {
            return !beginsBefore(low) && !reachesBeyond(high) && to.compareTo(high) < 0;
        }

        boolean is(BigDecimal number) {
            return number.equals(from) && number.equals(to);
        }
    }

    @ParameterizedTest
    @MethodSource("randomQuantities")
    void aPrefixFindsWhatItsDefinitionSays(String prefix, String number, String unit) {
        // When
        List<String> found = FIXTURE.walk(
                "Observation",
                List.of(Map.entry("value-quantity", "%s%s|%s|%s".formatted(prefix, number, UCUM, unit))),
                () -> {});

        // Then
        List<String> expected = new ArrayList<>();
        WEIGHTS.forEach((id, weight) -> {
            if (matches(prefix, weight, new BigDecimal(number), UNITS.get(unit))) {
                expected.add(id);
            }
        });
        assertThat(found).containsExactlyElementsOf(expected);
    }

    static Stream<Object[]> randomQuantities() {
        Random random = new Random(2026);
        return Stream.generate(() ->
                        new Object[] {oneOf(random, PREFIXES), number(random), oneOf(random, List.of("mg", "g", "kg"))})
                .limit(200);
    }

    /** R4, search, prefixes. */
    private static boolean matches(String prefix, Weight weight, BigDecimal number, int factor) {
        BigDecimal half = number.ulp().multiply(new BigDecimal("0.5"));
        BigDecimal low = milligrams(number.subtract(half), factor);
        BigDecimal high = milligrams(number.add(half), factor);
        BigDecimal exact = milligrams(number, factor);
        BigDecimal tenth = milligrams(number.multiply(new BigDecimal("0.1")).max(half), factor);
        return switch (prefix) {
            case "eq", "" -> weight.isWithin(low, high);
            case "ne" -> !weight.isWithin(low, high);
            case "gt" -> weight.reachesBeyond(exact);
            case "ge" -> weight.reachesBeyond(exact) || weight.is(exact);
            case "lt" -> weight.beginsBefore(exact);
            case "le" -> weight.beginsBefore(exact) || weight.is(exact);
            case "sa" -> weight.from() != null && weight.from().compareTo(exact) > 0;
            case "eb" -> weight.to() != null && weight.to().compareTo(exact) < 0;
            case "ap" ->
                (weight.from() == null || weight.from().compareTo(exact.add(tenth)) <= 0)
                        && (weight.to() == null || weight.to().compareTo(exact.subtract(tenth)) >= 0);
            default -> throw new IllegalArgumentException(prefix);
        };
    }

    private static void write(String id) {
        String number = number(RANDOM);
        String unit = oneOf(RANDOM, List.of("mg", "g", "kg"));
        String comparator = oneOf(RANDOM, List.of("", "", "", "<", ">="));
        FIXTURE.write("Observation", id, """
                {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"weight"},
                "valueQuantity":{"value":%s,"system":"%s","code":"%s"%s}}""".formatted(
                        id, number, UCUM, unit, comparator.isEmpty() ? "" : ",\"comparator\":\"" + comparator + "\""));
        BigDecimal weight = milligrams(new BigDecimal(number), UNITS.get(unit));
        WEIGHTS.put(id, new Weight(comparator.equals("<") ? null : weight, comparator.equals(">=") ? null : weight));
    }

    /** As the same number of one unit looks like one of another, with few digits so that they meet. */
    private static String number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(1, 10));
            case 1 -> "0.00" + random.nextInt(1, 10);
            case 2 -> random.nextInt(1, 10) + "000";
            default -> random.nextInt(1, 4) + "." + random.nextInt(0, 10);
        };
    }

    /** Without zeros at its end, so that equal ones are the same. */
    private static BigDecimal milligrams(BigDecimal number, int factor) {
        return number.multiply(BigDecimal.valueOf(factor)).stripTrailingZeros();
    }

    private static String oneOf(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
