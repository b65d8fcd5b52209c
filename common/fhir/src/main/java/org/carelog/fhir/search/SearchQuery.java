package org.carelog.fhir.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A search that was understood in full.
 *
 * @param type the searched resource type
 * @param sort the order; empty: by creation
 * @param count the most matches on a page; 0 asks for the total only
 * @param total empty when the client did not say
 * @param understood the parameters as they were sent and understood, decoded, for the {@code self} link
 * @param now what "about" ({@code ap}) dates were compared to
 * @param after the match before the page; empty: the first page
 */
public record SearchQuery(
        String type,
        List<Filter> filters,
        List<SortKey> sort,
        int count,
        Optional<Total> total,
        List<Include> includes,
        List<Map.Entry<String, String>> understood,
        Instant now,
        Optional<PagePosition> after) {
    /** The parameter of a link to a further page; it stands alone. */
    public static final String PAGE = "_page";

    public SearchQuery {
        filters = List.copyOf(filters);
        sort = List.copyOf(sort);
        includes = List.copyOf(includes);
        understood = List.copyOf(understood);
    }

    /**
     * @param parameters decoded names (with modifiers and chains) and values, in the order sent; without {@code _format},
     *     {@code _pretty} and {@code _page}, which are the caller's
     * @param now what "about" ({@code ap}) dates are compared to
     * @throws org.carelog.fhir.FhirProblemException with UnknownSearchParameter or InvalidSearchParameter
     */
    public static SearchQuery parse(
            SearchableTypes types, String type, List<Map.Entry<String, String>> parameters, Instant now) {
        return new QueryParser(new QueryContext(types, now), types.require(type)).parse(parameters);
    }

    /** Whether a parameter shapes a result and chooses nothing. */
    public static boolean isControl(String name) {
        return QueryParser.CONTROLS.contains(name) || name.equals(PAGE);
    }

    /** The same search from after this match. */
    public SearchQuery from(PagePosition position) {
        return new SearchQuery(type, filters, sort, count, total, includes, understood, now, Optional.of(position));
    }

    @Override
    public String toString() {
        return "SearchQuery[%s, %d filters]".formatted(type, filters.size());
    }
}
