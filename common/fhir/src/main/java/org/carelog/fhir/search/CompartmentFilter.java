package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.CompartmentDefinition;
import org.carelog.fhir.LocalReference;

/** What is in a compartment: what refers to the resource that it is named after by one of the parameters of R4's definition. */
final class CompartmentFilter {
    private CompartmentFilter() {}

    /** What is of no such compartment is not found by it. */
    static Filter of(SearchableType type, LocalReference root, QueryContext context) {
        List<Long> references = CompartmentDefinition.parameters(root.type(), type.name()).stream()
                .flatMap(name -> type.parameter(name).stream())
                .peek(context::use)
                .map(parameter -> TokenHash.local(parameter, root.type(), root.id()))
                .toList();
        List<Filter> ways = new ArrayList<>();
        ways.add(new Filter.Tokens(references, false));
        if (type.name().equals(root.type())) {
            ways.add(new Filter.Ids(List.of(root.id()), false));
        }
        return Filter.anyOf(ways);
    }
}
