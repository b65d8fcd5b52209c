package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;

/** What one type of search parameter means: in a query, and in a resource. Stateless. */
interface Semantics {
    /** The datatypes whose values can be indexed. */
    default Set<String> datatypes() {
        return Set.of();
    }

    /** Datatypes that R4's parameters of this type lead to as well, and that hold no such value: as if there were nothing. */
    default Set<String> valueless() {
        return Set.of();
    }

    /** The modifiers, besides {@code missing}, that the parameter may have. */
    default List<String> modifiers(SearchParameter parameter) {
        return List.of();
    }

    /**
     * @param modifier one of {@link #modifiers}, or empty
     * @param alternatives the values, still escaped; at least one, none empty
     */
    Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context);

    /** Whether {@code :missing} can be asked for. */
    default boolean mayBeMissing() {
        return true;
    }

    default Filter missing(SearchParameter parameter, boolean missing) {
        return new Filter.Tokens(List.of(TokenHash.present(parameter)), missing);
    }

    void index(SearchParameter parameter, Element element, IndexEntries.Builder entries);

    /** To be raised when {@link #index} finds other entries than before: what is stored is then indexed anew. */
    default int edition() {
        return 1;
    }
}
