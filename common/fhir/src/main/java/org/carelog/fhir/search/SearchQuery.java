package org.carelog.fhir.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search that was understood in full.
 *
 * @param branches what is searched, type by type: one, unless the scope is of several
 * @param sort the order; empty: by creation
 * @param count the most matches on a page; 0 asks for the total only
 * @param total empty when the client did not say
 * @param parameters what the answer hangs on: it is whole when all resources are indexed by these
 * @param explained whether the client wants to know how it is answered
 * @param understood the parameters as they were sent and understood, decoded, for the {@code self} link
 * @param ignored the names of those that are not known, where the client would have it so
 * @param now what "about" ({@code ap}) dates were compared to
 * @param beside the match before the page, or behind it; empty: the first page
 */
public record SearchQuery(
        SearchScope scope,
        List<Branch> branches,
        List<SortKey> sort,
        int count,
        Optional<Total> total,
        List<Include> includes,
        List<SearchParameter> parameters,
        boolean explained,
        List<Map.Entry<String, String>> understood,
        List<String> ignored,
        Instant now,
        Optional<PagePosition> beside) {
    /** What must hold for resources of a type. */
    public record Branch(String type, List<Filter> filters) {
        public Branch {
            filters = List.copyOf(filters);
        }
    }

    /** The parameter of a link to a further page; it stands alone. */
    public static final String PAGE = "_page";

    public SearchQuery {
        branches = List.copyOf(branches);
        sort = List.copyOf(sort);
        includes = List.copyOf(includes);
        parameters = List.copyOf(parameters);
        understood = List.copyOf(understood);
        ignored = List.copyOf(ignored);
    }

    /**
     * @param parameters decoded names (with modifiers and chains) and values, in the order sent; without {@code _format},
     *     {@code _pretty} and {@code _page}, which are the caller's
     * @param now what "about" ({@code ap}) dates are compared to
     * @throws org.carelog.fhir.FhirProblemException with UnknownSearchParameter or InvalidSearchParameter
     */
    public static SearchQuery parse(
            SearchableTypes types, String type, List<Map.Entry<String, String>> parameters, Instant now) {
        return parse(types, SearchScope.ofType(type), parameters, now, false);
    }

    /**
     * The same in any scope; {@code _type} may choose from the types of one that has several.
     *
     * @param lenient whether what is not known is ignored
     */
    public static SearchQuery parse(
            SearchableTypes types,
            SearchScope scope,
            List<Map.Entry<String, String>> parameters,
            Instant now,
            boolean lenient) {
        return new QueryParser(new QueryContext(types, now), chosen(scope, parameters), lenient).parse(parameters);
    }

    private static SearchScope chosen(SearchScope scope, List<Map.Entry<String, String>> parameters) {
        return scope.isOfOneType()
                ? scope
                : parameters.stream()
                        .filter(parameter -> parameter.getKey().equals(SearchScope.TYPE))
                        .map(parameter -> scope.only(parameter.getValue()))
                        .findFirst()
                        .orElse(scope);
    }

    /** The only type, or the first. */
    public String type() {
        return branches.getFirst().type();
    }

    /** Of the only type, or the first. */
    public List<Filter> filters() {
        return branches.getFirst().filters();
    }

    /** Whether a parameter shapes a result and chooses nothing. */
    public static boolean isControl(String name) {
        return QueryParser.CONTROLS.contains(name) || name.equals(PAGE) || name.equals(SearchScope.TYPE);
    }

    /** The same search, of the page beside this match. */
    public SearchQuery from(PagePosition position) {
        return new SearchQuery(
                scope,
                branches,
                sort,
                count,
                total,
                includes,
                parameters,
                explained,
                understood,
                ignored,
                now,
                Optional.of(position));
    }

    /** Whether the page is read from its end. */
    public boolean isBackwards() {
        return beside.filter(PagePosition::backwards).isPresent();
    }

    @Override
    public String toString() {
        return "SearchQuery[%s, %d filters]".formatted(scope, filters().size());
    }
}
