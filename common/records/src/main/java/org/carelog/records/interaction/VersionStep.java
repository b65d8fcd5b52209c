package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.LocalReference;
import org.carelog.records.index.SearchIndex;
import org.carelog.records.index.SearchIndex.Indexed;
import org.carelog.records.store.KeyedVersion;
import org.carelog.records.store.ResourceWriter;
import org.carelog.sql.Batch;

/** What every new version is, whoever made it: the head, an entry in the history, and what is searched of it. */
@ApplicationScoped
class VersionStep {
    /** The rows of so many versions are held at a time: those of a large Bundle together would not find room. */
    private static final int TOGETHER = 500;

    /** And of versions of so many bytes, but for one that is larger. */
    private static final int TOGETHER_BYTES = 1 << 20;

    private final ResourceWriter writer;
    private final SearchIndex index;

    VersionStep(ResourceWriter writer, SearchIndex index) {
        this.writer = writer;
        this.index = index;
    }

    /** For everything that one transaction writes. */
    Batch batch() {
        return writer.batch();
    }

    /**
     * Writes versions, at most one of each resource, in the caller's transaction: the heads of new resources at once, all
     * else when the batch is run, or before when it is much.
     *
     * @param copies whether the resources are owned by another service
     * @return those that are not written, since another transaction has created their resources meanwhile
     */
    List<NewVersion> write(Batch batch, Collection<NewVersion> versions, boolean copies) {
        Map<LocalReference, Long> created = writer.create(
                versions.stream()
                        .filter(NewVersion::isFirst)
                        .map(NewVersion::version)
                        .toList(),
                copies);
        List<NewVersion> overtaken = new ArrayList<>();
        List<NewVersion> together = new ArrayList<>();
        int bytes = 0;
        for (NewVersion next : versions) {
            int length = next.version().content().length;
            if (together.size() == TOGETHER || !together.isEmpty() && bytes + length > TOGETHER_BYTES) {
                add(batch, together, created, overtaken);
                batch.run();
                together.clear();
                bytes = 0;
            }
            together.add(next);
            bytes += length;
        }
        add(batch, together, created, overtaken);
        return overtaken;
    }

    private void add(
            Batch batch, List<NewVersion> versions, Map<LocalReference, Long> created, List<NewVersion> overtaken) {
        List<KeyedVersion> history = new ArrayList<>();
        List<KeyedVersion> moved = new ArrayList<>();
        List<Indexed> added = new ArrayList<>();
        List<Indexed> replaced = new ArrayList<>();
        List<Long> removed = new ArrayList<>();
        for (NewVersion next : versions) {
            Long key = next.isFirst()
                    ? created.get(next.reference())
                    : Long.valueOf(next.head().key());
            if (key == null) {
                overtaken.add(next);
                continue;
            }
            KeyedVersion version = new KeyedVersion(key, next.version());
            history.add(version);
            if (!next.isFirst()) {
                moved.add(version);
            }
            if (next.version().isDeleted()) {
                removed.add(key);
            } else {
                (next.isIndexed() ? replaced : added).add(new Indexed(key, next.resource()));
            }
        }
        writer.replace(batch, moved);
        writer.addToHistory(batch, history);
        index.add(batch, added);
        index.replace(batch, replaced);
        index.remove(batch, removed.stream().mapToLong(Long::longValue).toArray());
    }

    /** Writes heads and index once more, by the versions that the heads are at. */
    void renew(Collection<NewVersion> current) {
        Batch batch = batch();
        List<KeyedVersion> heads = new ArrayList<>();
        List<Indexed> there = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        for (NewVersion version : current) {
            long key = version.head().key();
            heads.add(new KeyedVersion(key, version.version()));
            if (version.version().isDeleted()) {
                deleted.add(key);
            } else {
                there.add(new Indexed(key, version.resource()));
            }
        }
        writer.replace(batch, heads);
        index.replace(batch, there);
        index.remove(batch, deleted.stream().mapToLong(Long::longValue).toArray());
        batch.run();
    }

    /** Adds versions before the current ones, which are not in the history yet; the heads, locked, stay. */
    void addEarlier(Batch batch, Collection<KeyedVersion> versions) {
        writer.addToHistory(batch, versions);
    }
}
