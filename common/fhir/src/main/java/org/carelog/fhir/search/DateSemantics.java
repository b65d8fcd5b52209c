package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;

/**
 * Dates and periods as ranges of time.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#date">FHIR R4, date</a>
 */
final class DateSemantics implements Semantics {
    @Override
    public Set<String> datatypes() {
        return Set.of("date", "dateTime", "instant", "Period");
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
            case Period period
            when hasDate(period.getStartElement()) || hasDate(period.getEndElement()) ->
                entries.date(
                        parameter,
                        new DateRange(
                                hasDate(period.getStartElement())
                                        ? DateRange.parse(
                                                        period.getStartElement().getValueAsString())
                                                .low()
                                        : DateRange.OPEN_START,
                                hasDate(period.getEndElement())
                                        ? DateRange.parse(period.getEndElement().getValueAsString())
                                                .high()
                                        : DateRange.OPEN_END));
            default -> {}
        }
    }

    private static boolean hasDate(BaseDateTimeType date) {
        return date.hasValue();
    }
}
