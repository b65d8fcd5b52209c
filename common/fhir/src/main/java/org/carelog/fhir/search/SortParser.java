package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code _sort}: parameters by commas, a minus before those in descending order.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#sort">FHIR R4, sorting</a>
 */
final class SortParser {
    static final int MAX_KEYS = 5;

    private final Collection<SearchableType> types;

    /** @param types several have only those orders in common that do not depend on the type */
    SortParser(Collection<SearchableType> types) {
        this.types = types;
    }

    List<SortKey> parse(String value) {
        List<SortKey> keys = new ArrayList<>();
        Set<SearchParameter> seen = new HashSet<>();
        for (String part : value.split(",", -1)) {
            boolean descending = part.startsWith("-");
            SearchParameter parameter = parameter(descending ? part.substring(1) : part)
                    .orElseThrow(() ->
                            QueryParser.invalid("_sort", "takes these, by commas, with - for descending: " + names()));
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

    private Optional<SearchParameter> parameter(String name) {
        return sortable().filter(parameter -> parameter.name().equals(name)).findFirst();
    }

    private Stream<SearchParameter> sortable() {
        return types.stream()
                .limit(1)
                .flatMap(type -> type.parameters().stream())
                .filter(
                        types.size() == 1
                                ? SearchParameter::isSortable
                                : parameter -> parameter.type().isOfHead());
    }

    private String names() {
        return sortable().map(SearchParameter::name).collect(Collectors.joining(", "));
    }
}
