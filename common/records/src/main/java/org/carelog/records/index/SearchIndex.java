package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import org.carelog.fhir.Resource;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Batch;

/** Keeps what is searched in step with the heads, in the caller's transaction. Thread-safe. */
@Singleton
public final class SearchIndex {
    private static final List<String> TABLES =
            List.of("resource_token", "resource_string", "resource_date", "resource_quantity", "resource_reference");

    private final SearchableTypes types;
    private final MetaLabels labels;

    SearchIndex(SearchableTypes types, MetaLabels labels) {
        this.types = types;
        this.labels = labels;
    }

    /** The current version of a resource, by the key of its head. */
    public record Indexed(long key, Resource resource) {}

    /** Indexes resources of which nothing is in the index. */
    public void add(Batch batch, Collection<Indexed> resources) {
        rows(resources).add(batch);
    }

    /** Indexes current versions in place of whatever was indexed of earlier ones. */
    public void replace(Batch batch, Collection<Indexed> resources) {
        rows(resources).replace(batch);
    }

    private IndexRows rows(Collection<Indexed> resources) {
        IndexRows rows = new IndexRows();
        for (Indexed indexed : resources) {
            labels.put(indexed.resource());
            rows.put(
                    indexed.key(),
                    types.entries(indexed.resource()),
                    types.require(indexed.resource().type()).hasQuantities());
        }
        return rows;
    }

    /** Takes deleted resources out of the index. */
    public void remove(Batch batch, long... keys) {
        if (keys.length > 0) {
            TABLES.forEach(table -> batch.add("delete from %s where resource_key = any (?)".formatted(table), keys));
        }
    }
}
