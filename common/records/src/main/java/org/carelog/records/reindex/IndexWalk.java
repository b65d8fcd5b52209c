package org.carelog.records.reindex;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carelog.fhir.FhirJson;
import org.carelog.records.index.SearchIndex;
import org.carelog.records.index.SearchIndex.Indexed;
import org.carelog.sql.Batch;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/**
 * Indexes anew, step by step, the resources of a type that were there when its rules changed. Each step is in the caller's
 * transaction and notes how far it came: what is killed goes on from there. A writer waits for one step at most, and no step has
 * locks while it waits for a writer. Thread-safe; of several instances one does a step at a time.
 */
@ApplicationScoped
class IndexWalk {
    /** Resources in a step, and the bytes of content that are enough for one; one more resource may go beyond. */
    private static final int MOST = 100;

    private static final long ENOUGH = 1L << 20;

    /** For whoever writes the next resource; after that, the step is for another time. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Sql sql;
    private final SearchIndex index;

    IndexWalk(Sql sql, SearchIndex index) {
        this.sql = sql;
        this.index = index;
    }

    /** What became of a step. */
    sealed interface Step {
        /** There are so many resources to be indexed. */
        record Begun(long resources) implements Step {}

        record Indexed(int resources) implements Step {}

        /** All are indexed: the parameters answer. */
        record Finished() implements Step {}

        /** The type has other rules, nothing to do, or another instance at work. */
        record None() implements Step {}
    }

    /** @param doneTo empty: not begun */
    private record Place(Optional<Long> doneTo, long lastKey) {}

    /** @param rules those that the walk is for, as JSON */
    Step step(String type, String rules) {
        Optional<Place> place = sql.first(
                """
                select done_to, last_key from indexed_type
                where resource_type = ? and parameters = ?::jsonb and pending <> '{}'
                for update skip locked
                """, row -> new Place(Optional.ofNullable(row.getObject(1, Long.class)), row.getLong(2)), type, rules);
        if (place.isEmpty()) {
            return new Step.None();
        }
        if (place.get().doneTo().isEmpty()) {
            return begin(type);
        }
        List<Long> next = next(type, place.get().doneTo().get(), place.get().lastKey());
        if (next.isEmpty()) {
            return finish(type);
        }
        List<Long> mine = locked(next);
        Batch batch = sql.batch();
        index.replace(batch, read(mine));
        batch.add(
                "update indexed_type set done_to = ?, done = done + ? where resource_type = ?",
                mine.getLast(),
                mine.size(),
                type);
        batch.run();
        return new Step.Indexed(mine.size());
    }

    /** What comes behind the last key now is written by the new rules. */
    private Step begin(String type) {
        return new Step.Begun(sql.first("""
                        update indexed_type
                        set done_to = 0, (last_key, total) = (
                            select coalesce(max(resource_key), 0), count(*) from resource where resource_type = ? and not is_deleted)
                        where resource_type = ?
                        returning total
                        """, row -> row.getLong(1), type, type).orElseThrow());
    }

    private Step finish(String type) {
        sql.update("""
                update indexed_type set pending = '{}', done_to = null, last_key = null, done = 0, total = 0
                where resource_type = ?
                """, type);
        return new Step.Finished();
    }

    /** The length of a content is known without reading it. */
    private List<Long> next(String type, long doneTo, long lastKey) {
        return sql.list("""
                select resource_key
                from (
                    select r.resource_key,
                        sum(octet_length(v.content)) over (order by r.resource_key) - octet_length(v.content) as before
                    from (
                        select resource_key, version_id from resource
                        where resource_type = ? and not is_deleted and resource_key > ? and resource_key <= ?
                        order by resource_key
                        limit ?) r
                    join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id) sized
                where before < ?
                order by resource_key
                """, row -> row.getLong(1), type, doneTo, lastKey, MOST, ENOUGH);
    }

    /** Waits for the first one, while nobody waits for us; of the others, takes those before one that somebody writes. */
    private List<Long> locked(List<Long> keys) {
        long first = keys.getFirst();
        sql.listWithin(
                PATIENCE,
                "select resource_key from resource where resource_key = ? for no key update",
                row -> row.getLong(1),
                first);
        Set<Long> free = new HashSet<>(sql.list(
                "select resource_key from resource where resource_key = any (?) for no key update skip locked",
                row -> row.getLong(1),
                (Object) Columns.longs(keys, Long::longValue)));
        List<Long> locked = new ArrayList<>();
        for (Long key : keys) {
            if (!free.contains(key)) {
                break;
            }
            locked.add(key);
        }
        return locked;
    }

    /** Their versions as they are now that they are locked; what was deleted meanwhile is not in the index. */
    private List<Indexed> read(List<Long> keys) {
        return sql.list("""
                select r.resource_key, v.content
                from resource r join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                where r.resource_key = any (?) and not r.is_deleted
                """, row -> new Indexed(row.getLong(1), FhirJson.parseStored(row.getBytes(2))), (Object)
                Columns.longs(keys, Long::longValue));
    }
}
