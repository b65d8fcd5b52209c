package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Places on the earth: two numbers in the index, the latitude under the parameter's own name.
 *
 * @see <a href="https://hl7.org/fhir/R4/location.html#positional">FHIR R4, positional searching for Location</a>
 */
final class PositionSemantics implements Semantics {
    @Override
    public Set<String> datatypes() {
        return Set.of("Location.position");
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.Near(
                parameter,
                longitude(parameter),
                alternatives.stream().map(text -> Circle.parse(text, context)).toList());
    }

    /** What is not on the earth is near nothing. */
    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        JsonNode latitude = element.value().path("latitude");
        JsonNode longitude = element.value().path("longitude");
        if (isWithin(latitude, Circle.MOST_LATITUDE) && isWithin(longitude, Circle.MOST_LONGITUDE)) {
            add(parameter, latitude.decimalValue(), entries);
            add(longitude(parameter), longitude.decimalValue(), entries);
        }
    }

    private static boolean isWithin(JsonNode degrees, double most) {
        return degrees.isNumber() && degrees.decimalValue().abs().compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    private static void add(SearchParameter parameter, BigDecimal degrees, IndexEntries.Builder entries) {
        entries.quantity(parameter, IndexedQuantity.of(NumberRange.of(degrees)), List.of());
    }

    private static SearchParameter longitude(SearchParameter position) {
        return new SearchParameter(
                position.owner(), position.name() + ":longitude", ParameterType.POSITION, List.of(), null);
    }
}
