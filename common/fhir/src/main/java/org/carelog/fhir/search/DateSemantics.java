package org.carelog.fhir.search;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Timing;

/**
 * Dates and periods as ranges of time.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#date">FHIR R4, date</a>
 */
final class DateSemantics implements Semantics {
    @Override
    public Set<String> datatypes() {
        return Set.of("date", "dateTime", "instant", "Period", "Timing");
    }

    /** An occurrence told in words, or by the patient's age. */
    @Override
    public Set<String> valueless() {
        return Set.of("string", "Age", "Range");
    }

    @Override
    public List<String> modifiers(SearchParameter parameter) {
        return List.of();
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.Dates(parameter, comparisons(alternatives, context));
    }

    static List<DateComparison> comparisons(List<String> alternatives, QueryContext context) {
        return alternatives.stream()
                .map(text -> DateComparison.parse(text, context.now()))
                .toList();
    }

    @Override
    public void index(SearchParameter parameter, Base element, IndexEntries.Builder entries) {
        switch (element) {
            case BaseDateTimeType date
            when date.hasValue() -> entries.date(parameter, DateRange.parse(date.getValueAsString()));
            case Period period -> range(period).ifPresent(range -> entries.date(parameter, range));
            case Timing timing -> range(timing).ifPresent(range -> entries.date(parameter, range));
            default -> {}
        }
    }

    private static Optional<DateRange> range(Period period) {
        if (!period.getStartElement().hasValue() && !period.getEndElement().hasValue()) {
            return Optional.empty();
        }
        return Optional.of(new DateRange(
                period.getStartElement().hasValue()
                        ? DateRange.parse(period.getStartElement().getValueAsString())
                                .low()
                        : DateRange.OPEN_START,
                period.getEndElement().hasValue()
                        ? DateRange.parse(period.getEndElement().getValueAsString())
                                .high()
                        : DateRange.OPEN_END));
    }

    /** Only the outer limits of a schedule count. */
    private static Optional<DateRange> range(Timing timing) {
        Stream<DateRange> events = timing.getEvent().stream()
                .filter(PrimitiveType::hasValue)
                .map(event -> DateRange.parse(event.getValueAsString()));
        Stream<DateRange> bounds =
                timing.getRepeat().getBounds() instanceof Period period ? range(period).stream() : Stream.empty();
        return Stream.concat(events, bounds)
                .reduce((a, b) -> new DateRange(Math.min(a.low(), b.low()), Math.max(a.high(), b.high())));
    }
}
