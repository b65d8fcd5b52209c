package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code _sort}: parameters by commas, a minus before those in descending order.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#sort">FHIR R4, sorting</a>
 */
final class SortParser {
    static final int MAX_KEYS = 5;

    private final SearchableType type;

    SortParser(SearchableType type) {
        this.type = type;
    }

    List<SortKey> parse(String value) {
        List<SortKey> keys = new ArrayList<>();
        Set<SearchParameter> seen = new HashSet<>();
        for (String part : value.split(",", -1)) {
            boolean descending = part.startsWith("-");
            SearchParameter parameter = type.parameter(descending ? part.substring(1) : part)
                    .filter(SearchParameter::isSortable)
                    .orElseThrow(() -> QueryParser.invalid(
                            "_sort", "takes these, by commas, with - for descending: " + sortable()));
            if (!seen.add(parameter)) {
                throw QueryParser.invalid("_sort", "names %s twice".formatted(parameter.name()));
            }
            keys.add(new SortKey(parameter, descending));
        }
        if (keys.size() > MAX_KEYS) {
            throw QueryParser.invalid("_sort", "has at most %d keys".formatted(MAX_KEYS));
        }
        return keys;
    }

    private String sortable() {
        return String.join(
                ", ",
                type.parameters().stream()
                        .filter(SearchParameter::isSortable)
                        .map(SearchParameter::name)
                        .toList());
    }
}
