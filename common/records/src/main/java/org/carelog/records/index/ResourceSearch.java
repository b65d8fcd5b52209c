package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.function.Function;
import org.carelog.access.Visibility;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Sql;

/** Answers searches from the index, each from what the asker may see. Thread-safe. */
@Singleton
public final class ResourceSearch {
    private final Sql sql;
    private final SearchableTypes types;

    public ResourceSearch(Sql sql, SearchableTypes types) {
        this.sql = sql;
        this.types = types;
    }

    /**
     * @param visible what the asker may see of each type the query touches: the result, chain links and includes
     * @param asker the subject to whom the next page's token is bound
     */
    public SearchPage find(SearchQuery query, Function<String, Visibility> visible, String asker) {
        throw new UnsupportedOperationException();
    }

    /**
     * The query that a page token stands for, set to its page.
     *
     * @throws org.carelog.fhir.FhirProblemException with InvalidSearchParameter when the token was not made here, for this
     *     type and this asker
     */
    public SearchQuery resume(String pageToken, String type, String asker) {
        throw new UnsupportedOperationException();
    }
}
