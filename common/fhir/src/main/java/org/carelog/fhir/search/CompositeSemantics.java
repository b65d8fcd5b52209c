package org.carelog.fhir.search;

import java.util.List;

/**
 * Two values with {@code $} between them, of parameters that have no modifiers then.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#composite">FHIR R4, composite</a>
 */
final class CompositeSemantics implements Semantics {
    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        List<Filter> filters = alternatives.stream()
                .map(alternative -> Escapes.split(alternative, '$'))
                .flatMap(values -> {
                    if (values.size() != 2 || values.contains("")) {
                        throw new IllegalArgumentException("a composite is two values with $ between them");
                    }
                    return parameter.occurrences().stream()
                            .map(occurrence -> occurrence.filter(values.getFirst(), values.getLast(), context));
                })
                .toList();
        Filter any = Filter.anyOf(filters);
        return any instanceof Filter.Any ? new Filter.All(List.of(firsts(filters), any)) : any;
    }

    /** Follows from the rest, and is one look: that one of several holds, an index cannot tell. */
    private static Filter firsts(List<Filter> filters) {
        return Filter.anyOf(filters.stream()
                .map(filter -> filter instanceof Filter.All all ? all.filters().getFirst() : filter)
                .toList());
    }

    @Override
    public boolean mayBeMissing() {
        return false;
    }

    @Override
    public void index(SearchParameter parameter, Element resource, IndexEntries.Builder entries) {
        parameter.occurrences().forEach(occurrence -> occurrence.index(resource, entries));
    }
}
