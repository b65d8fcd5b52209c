package org.carelog.records.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a date parameter finds is what R4's definition of its prefix says, evaluated plainly. */
class DateSqlTest {

    private static final SearchFixture FIXTURE = new SearchFixture();
    private static final Random RANDOM = new Random(1936);
    private static final List<String> PREFIXES = List.of("eq", "ne", "gt", "ge", "lt", "le", "sa", "eb");
    private static final LocalDateTime BEFORE_ALL = LocalDateTime.MIN;
    private static final LocalDateTime AFTER_ALL = LocalDateTime.MAX;
    /** By the encounter's id: when it was; without an entry, nobody knows. */
    private static final Map<String, Span> STANDING = new LinkedHashMap<>();

    static {
        for (int i = 0; i < 80; i++) {
            write("e" + i);
        }
    }

    /** From a moment until before another, in UTC. */
    private record Span(LocalDateTime from, LocalDateTime until) {
        boolean contains(Span other) {
            return !other.from.isBefore(from) && !other.until.isAfter(until);
        }
    }

    @ParameterizedTest
    @MethodSource("randomDates")
    void aPrefixFindsWhatItsDefinitionSays(String asked) {
        // Given
        String prefix = asked.substring(0, 2);
        String date = asked.substring(2);

        // When
        List<String> found = FIXTURE.walk("Encounter", List.of(Map.entry("date", asked)), () -> {});

        // Then
        Span range = span(date);
        List<String> expected = new ArrayList<>();
        STANDING.forEach((id, when) -> {
            if (matches(prefix, when, range)) {
                expected.add(id);
            }
        });
        assertThat(found).containsExactlyElementsOf(expected);
    }

    /** Of every prefix and precision, close to each other, so that they meet, touch and contain one another. */
    static Stream<String> randomDates() {
        Random random = new Random(2026);
        return Stream.generate(() -> oneOf(random, PREFIXES) + date(random)).limit(150);
    }

    private static String date(Random random) {
        String day = "%d-%s-%s"
                .formatted(
                        random.nextInt(2024, 2027),
                        oneOf(random, List.of("01", "02", "12")),
                        oneOf(random, List.of("01", "28", "15")));
        String time = "T" + oneOf(random, List.of("00:00", "23:59", "12:30"));
        String zone = oneOf(random, List.of("Z", "+02:00", "-05:00"));
        return switch (random.nextInt(5)) {
            case 0 -> day.substring(0, 4);
            case 1 -> day.substring(0, 7);
            case 2 -> day;
            case 3 -> day + time + zone;
            default -> day + time + ":00" + zone;
        };
    }

    private static String oneOf(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** R4, search, prefixes. */
    private static boolean matches(String prefix, Span when, Span asked) {
        return switch (prefix) {
            case "eq" -> asked.contains(when);
            case "ne" -> !asked.contains(when);
            case "gt" -> when.until().isAfter(asked.until());
            case "ge" -> when.until().isAfter(asked.until()) || asked.contains(when);
            case "lt" -> when.from().isBefore(asked.from());
            case "le" -> when.from().isBefore(asked.from()) || asked.contains(when);
            case "sa" -> !when.from().isBefore(asked.until());
            case "eb" -> !when.until().isAfter(asked.from());
            default -> throw new IllegalArgumentException(prefix);
        };
    }

    private static Span span(String date) {
        if (date.length() == 4) {
            LocalDateTime from = LocalDateTime.of(Integer.parseInt(date), 1, 1, 0, 0);
            return new Span(from, from.plusYears(1));
        }
        if (date.length() == 7) {
            LocalDateTime from = YearMonth.parse(date).atDay(1).atStartOfDay();
            return new Span(from, from.plusMonths(1));
        }
        if (date.length() == 10) {
            LocalDateTime from = LocalDateTime.parse(date + "T00:00");
            return new Span(from, from.plusDays(1));
        }
        LocalDateTime from =
                OffsetDateTime.parse(date).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        boolean hasSeconds = date.length() - (date.endsWith("Z") ? 1 : 6) == "2026-01-01T12:30:00".length();
        return new Span(from, hasSeconds ? from.plusSeconds(1) : from.plusMinutes(1));
    }

    private static void write(String id) {
        String start = RANDOM.nextInt(5) == 0 ? null : randomDate();
        String end = RANDOM.nextInt(5) == 0 ? null : randomDate();
        if (start != null
                && end != null
                && !span(start).from().isBefore(span(end).until())) {
            String later = start;
            start = end;
            end = later;
        }
        String period = start == null && end == null
                ? ""
                : ",\"period\":{%s%s%s}"
                        .formatted(
                                start == null ? "" : "\"start\":\"" + start + "\"",
                                start == null || end == null ? "" : ",",
                                end == null ? "" : "\"end\":\"" + end + "\"");
        FIXTURE.write("Encounter", id, """
                {"resourceType":"Encounter","id":"%s","status":"finished","class":{"code":"AMB"}%s}""".formatted(id, period));
        if (!period.isEmpty()) {
            STANDING.put(
                    id,
                    new Span(
                            start == null ? BEFORE_ALL : span(start).from(),
                            end == null ? AFTER_ALL : span(end).until()));
        }
    }

    private static String randomDate() {
        int year = 2024 + RANDOM.nextInt(3);
        String month = List.of("01", "02", "12").get(RANDOM.nextInt(3));
        String day = List.of("01", "15", "28").get(RANDOM.nextInt(3));
        return switch (RANDOM.nextInt(4)) {
            case 0 -> Integer.toString(year);
            case 1 -> year + "-" + month;
            case 2 -> year + "-" + month + "-" + day;
            default -> year + "-" + month + "-" + day + "T12:30:00+02:00";
        };
    }
}
