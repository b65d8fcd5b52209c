package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.carelog.fhir.Resource;
import org.carelog.fhir.search.IndexEntries;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.Batch;

/** Keeps what is searched in step with the heads, in the caller's transaction. Thread-safe. */
@Singleton
public final class SearchIndex {
    private static final List<String> TABLES =
            List.of("resource_token", "resource_string", "resource_date", "resource_quantity", "resource_reference");

    private final SearchableTypes types;
    private final MetaLabels labels;
    private final TokenTexts texts;
    private final ReadyParameters ready;

    SearchIndex(SearchableTypes types, MetaLabels labels, TokenTexts texts, ReadyParameters ready) {
        this.types = types;
        this.labels = labels;
        this.texts = texts;
        this.ready = ready;
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

    /** Not before it is told by which rules: whoever walks over what was indexed by older ones must come after these. */
    private IndexRows rows(Collection<Indexed> resources) {
        ready.awaitNews();
        IndexRows rows = new IndexRows();
        List<IndexEntries.TokenText> all = new ArrayList<>();
        for (Indexed indexed : resources) {
            labels.put(indexed.resource());
            IndexEntries entries = types.entries(indexed.resource());
            all.addAll(entries.tokenTexts());
            rows.put(
                    indexed.key(),
                    entries,
                    types.require(indexed.resource().type()).hasQuantities());
        }
        texts.put(all);
        return rows;
    }

    /** Takes deleted resources out of the index. */
    public void remove(Batch batch, long... keys) {
        if (keys.length > 0) {
            TABLES.forEach(table -> batch.add("delete from %s where resource_key = any (?)".formatted(table), keys));
        }
    }
}
