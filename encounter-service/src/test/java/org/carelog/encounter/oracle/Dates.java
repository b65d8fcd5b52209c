package org.carelog.encounter.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;

/** @see <a href="https://hl7.org/fhir/R4/search.html#date">FHIR R4, date</a> */
final class Dates {
    private Dates() {}

    /** Milliseconds since 1970, from {@code low} until before {@code high}. */
    record Span(long low, long high) {
        boolean contains(Span other) {
            return low <= other.low && other.high <= high;
        }
    }

    static boolean matches(Base element, Operand asked) {
        return span(element).filter(span -> matches(span, asked)).isPresent();
    }

    private static boolean matches(Span value, Operand asked) {
        Span range = span(asked.first());
        return switch (asked.prefix()) {
            case "", "eq" -> range.contains(value);
            case "ne" -> !range.contains(value);
            case "gt" -> value.high > range.high;
            case "ge" -> value.high > range.high || range.contains(value);
            case "lt" -> value.low < range.low;
            case "le" -> value.low < range.low || range.contains(value);
            case "sa" -> value.low >= range.high;
            case "eb" -> value.high <= range.low;
            case "ap" -> {
                long tenth = Math.abs(Instant.now().toEpochMilli() - range.low) / 10;
                yield value.low < range.high + tenth && value.high > range.low - tenth;
            }
            default -> throw new IllegalArgumentException(asked.prefix());
        };
    }

    /** Of a schedule the outer limits; empty: it is told in words, say. */
    static Optional<Span> span(Base element) {
        return switch (element) {
            case BaseDateTimeType date -> Optional.of(span(date.getValueAsString()));
            case Period period -> span(period);
            case Timing timing ->
                Stream.concat(
                                timing.getEvent().stream().map(event -> span(event.getValueAsString())),
                                timing.getRepeat().hasBoundsPeriod()
                                        ? span(timing.getRepeat().getBoundsPeriod()).stream()
                                        : Stream.empty())
                        .reduce((one, other) -> new Span(Math.min(one.low, other.low), Math.max(one.high, other.high)));
            default -> Optional.empty();
        };
    }

    private static Optional<Span> span(Period period) {
        return period.hasStart() || period.hasEnd()
                ? Optional.of(new Span(
                        period.hasStart() ? span(period.getStartElement().getValueAsString()).low : Long.MIN_VALUE,
                        period.hasEnd() ? span(period.getEndElement().getValueAsString()).high : Long.MAX_VALUE))
                : Optional.empty();
    }

    /** The dates and times that it is written with. */
    static List<String> texts(Base element) {
        Stream<? extends BaseDateTimeType> dates = switch (element) {
            case BaseDateTimeType date -> Stream.of(date);
            case Period period -> Stream.of(period.getStartElement(), period.getEndElement());
            case Timing timing -> timing.getEvent().stream();
            default -> Stream.of();
        };
        return dates.filter(BaseDateTimeType::hasValue)
                .map(BaseDateTimeType::getValueAsString)
                .toList();
    }

    /** All that a date of this precision may mean; without a zone, in UTC. */
    static Span span(String text) {
        return switch (text.length()) {
            case 4 ->
                days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
            case 7 ->
                days(
                        YearMonth.parse(text).atDay(1),
                        YearMonth.parse(text).plusMonths(1).atDay(1));
            case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
            default -> time(text);
        };
    }

    private static Span days(LocalDate first, LocalDate next) {
        return new Span(start(first), start(next));
    }

    private static long start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static Span time(String text) {
        String local = text.replaceFirst("(Z|[+-]\\d\\d:\\d\\d)$", "");
        Instant start = local.equals(text)
                ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(text).toInstant();
        long length = switch (local.length()) {
            case 16 -> 60_000;
            case 19 -> 1000;
            default -> 1;
        };
        return new Span(start.toEpochMilli(), start.toEpochMilli() + length);
    }
}
