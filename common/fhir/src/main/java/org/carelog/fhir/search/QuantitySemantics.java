package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Numbers and quantities, as ranges. Where a resource says {@code <5}, any number below may be meant.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#quantity">FHIR R4, quantity</a>
 */
final class QuantitySemantics implements Semantics {
    private static final Set<String> NUMBERS = Set.of("decimal", "integer", "positiveInt", "unsignedInt");

    @Override
    public Set<String> datatypes() {
        return Set.of("Quantity", "Age", "Duration", "Range", "decimal", "integer", "positiveInt", "unsignedInt");
    }

    /** A series of measurements. */
    @Override
    public Set<String> valueless() {
        return Set.of("SampledData");
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.Quantities(
                parameter,
                alternatives.stream()
                        .map(text -> comparison(parameter, text, context))
                        .toList(),
                List.of());
    }

    private static QuantityComparison comparison(SearchParameter parameter, String text, QueryContext context) {
        return parameter.type() == ParameterType.NUMBER
                ? new QuantityComparison(NumberComparison.parse(text), null, null)
                : QuantityComparison.parse(text, context);
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        quantity(element).ifPresent(quantity -> entries.quantity(parameter, quantity, List.of()));
    }

    static Optional<IndexedQuantity> quantity(Element element) {
        JsonNode value = element.value();
        if (NUMBERS.contains(element.type().name())) {
            return Optional.of(IndexedQuantity.of(NumberRange.of(value.decimalValue())));
        }
        if (!element.type().name().equals("Range")) {
            return number(value).map(number -> IndexedQuantity.of(range(value, number), value));
        }
        JsonNode low = value.path("low");
        JsonNode high = value.path("high");
        return low.isMissingNode() && high.isMissingNode()
                ? Optional.empty()
                : Optional.of(IndexedQuantity.of(
                        new NumberRange(number(low).orElse(null), number(high).orElse(null)),
                        low.isMissingNode() ? high : low));
    }

    private static Optional<BigDecimal> number(JsonNode quantity) {
        return quantity.path("value").isNumber()
                ? Optional.of(quantity.path("value").decimalValue())
                : Optional.empty();
    }

    private static NumberRange range(JsonNode quantity, BigDecimal number) {
        return switch (quantity.path("comparator").asText()) {
            case "<", "<=" -> new NumberRange(null, number);
            case ">", ">=" -> new NumberRange(number, null);
            default -> NumberRange.of(number);
        };
    }
}
