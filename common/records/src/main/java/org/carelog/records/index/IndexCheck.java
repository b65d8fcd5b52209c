package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Sql;

/** Whether the index has what it would be given now. Changes nothing; works in the caller's transaction. Thread-safe. */
@Singleton
public final class IndexCheck {
    private final SearchableTypes types;
    private final Sql sql;

    public IndexCheck(SearchableTypes types, Sql sql) {
        this.types = types;
        this.sql = sql;
    }

    /** The keys of those of which something else is in the index, of types that are not being indexed anew. */
    public Set<Long> different(Collection<SearchIndex.Indexed> resources) {
        IndexRows rows = new IndexRows();
        for (SearchIndex.Indexed indexed : resources) {
            rows.put(indexed.key(), types.entries(indexed.resource()), true);
        }
        return rows.different(sql);
    }
}
