package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.carelog.access.Visibility;
import org.carelog.events.ServiceClock;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchScope;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.records.index.ResourceSearch;
import org.carelog.records.index.SearchPage;

/**
 * Finds resources, a page at a time.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#search">FHIR R4, search</a>
 */
@ApplicationScoped
public class Search {
    private final SearchableTypes types;
    private final ResourceSearch search;

    Search(SearchableTypes types, ResourceSearch search) {
        this.types = types;
        this.search = search;
    }

    /**
     * @param query as it was understood, for the {@code self} link
     * @param places what a link to the page behind each match has; none unless they are wanted
     */
    public record Result(SearchQuery query, SearchPage page, List<String> places) {}

    /**
     * How a search is asked.
     *
     * @param lenient whether parameters that are not known are ignored, and told in the result
     * @param places whether those of the matches are wanted
     * @param mayExplain whether the asker may be told how it is answered
     */
    public record Manner(boolean lenient, boolean places, boolean mayExplain) {}

    /**
     * @param visible what the asker may see of each type that the search touches
     * @param asker the subject to whom links are bound
     */
    public Result apply(
            SearchScope scope,
            List<Map.Entry<String, String>> parameters,
            Manner manner,
            Function<String, Visibility> visible,
            String asker) {
        SearchQuery query = query(scope, parameters, manner.lenient(), asker);
        if (query.explained() && !manner.mayExplain()) {
            throw new FhirProblemException(new FhirProblem.Forbidden("_explain", query.type()));
        }
        SearchPage page = search.find(query, visible, asker);
        return new Result(
                query,
                page,
                page.positions().stream()
                        .limit(manner.places() ? page.positions().size() : 0)
                        .map(position -> search.token(query, position, asker))
                        .toList());
    }

    private SearchQuery query(
            SearchScope scope, List<Map.Entry<String, String>> parameters, boolean lenient, String asker) {
        boolean paged =
                parameters.stream().anyMatch(parameter -> parameter.getKey().equals(SearchQuery.PAGE));
        if (!paged) {
            return SearchQuery.parse(types, scope, parameters, ServiceClock.now(), lenient);
        }
        if (parameters.size() > 1) {
            throw new FhirProblemException(new FhirProblem.InvalidSearchParameter(
                    SearchQuery.PAGE, "a link to a page has no further parameters"));
        }
        return search.resume(parameters.getFirst().getValue(), scope, asker);
    }
}
