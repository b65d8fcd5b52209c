package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.Dates(parameter, comparisons(alternatives, context));
    }

    static List<DateComparison> comparisons(List<String> alternatives, QueryContext context) {
        return alternatives.stream()
                .map(text -> DateComparison.parse(text, context.now()))
                .toList();
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        Optional<DateRange> range = switch (element.type().name()) {
            case "Period" -> period(element.value());
            case "Timing" -> timing(element);
            default -> Optional.of(DateRange.parse(element.value().asText()));
        };
        range.ifPresent(found -> entries.date(parameter, found));
    }

    private static Optional<DateRange> period(JsonNode period) {
        String start = period.path("start").asText(null);
        String end = period.path("end").asText(null);
        return start == null && end == null
                ? Optional.empty()
                : Optional.of(new DateRange(
                        start == null
                                ? DateRange.OPEN_START
                                : DateRange.parse(start).low(),
                        end == null ? DateRange.OPEN_END : DateRange.parse(end).high()));
    }

    /** Only the outer limits of a schedule count. */
    private static Optional<DateRange> timing(Element timing) {
        List<DateRange> ranges = new ArrayList<>();
        timing.items("event").forEach(event -> ranges.add(DateRange.parse(event.asText())));
        period(timing.value().path("repeat").path("boundsPeriod")).ifPresent(ranges::add);
        return ranges.stream()
                .reduce((a, b) -> new DateRange(Math.min(a.low(), b.low()), Math.max(a.high(), b.high())));
    }
}
