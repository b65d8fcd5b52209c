package org.carelog.records.index;

import jakarta.inject.Singleton;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Sql;
import org.hl7.fhir.r4.model.Resource;

/** Keeps what is searched in step with the heads: one statement per change, in the caller's transaction. Thread-safe. */
@Singleton
public final class SearchIndex {
    private final Sql sql;
    private final SearchableTypes types;

    public SearchIndex(Sql sql, SearchableTypes types) {
        this.sql = sql;
        this.types = types;
    }

    /** Indexes the current version of a resource, in place of what was indexed for an earlier one. */
    public void put(long resourceKey, Resource resource) {
        throw new UnsupportedOperationException();
    }

    /** Takes a deleted resource out of the index. */
    public void remove(long resourceKey) {
        throw new UnsupportedOperationException();
    }
}
