package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/** Resources that never change, as both tables have them. Reads only; takes part in the caller's transaction. Thread-safe. */
@ApplicationScoped
public class SoleVersions {
    private final Sql sql;

    public SoleVersions(Sql sql) {
        this.sql = sql;
    }

    /**
     * A resource.
     *
     * @param version null: the history has not the one that is current
     * @param versions how many the history has
     */
    public record Kept(Head head, StoredVersion version, long versions) {}

    /** Those of a type that are here, by their ids. */
    public Map<String, Kept> of(String type, Collection<String> ids) {
        Map<String, Kept> kept = new HashMap<>();
        sql.list(
                """
                select v.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id, v.content,
                    r.resource_key, r.version_id, r.last_updated, r.is_deleted, r.patient_id, r.is_copy,
                    (select count(*) from resource_version a where a.resource_key = r.resource_key)
                from unnest(?) as wanted (id)
                join resource r on r.resource_type = ? and r.resource_id = wanted.id
                left join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                """,
                row -> kept.put(
                        row.getString(2),
                        new Kept(
                                new Head(
                                        row.getLong(8),
                                        row.getLong(9),
                                        row.getObject(10, OffsetDateTime.class).toInstant(),
                                        row.getBoolean(11),
                                        row.getString(12),
                                        row.getBoolean(13)),
                                row.getString(4) == null ? null : ResourceStore.storedVersion(row),
                                row.getLong(14))),
                Columns.strings(ids, id -> id),
                type);
        return kept;
    }

    /** How many rows of the type there are that were made from a time on: heads or versions, whichever are more. */
    public long count(String type, Instant from) {
        return sql.first("""
                        select greatest(
                            (select count(*) from resource where resource_type = ? and last_updated >= ?),
                            (select count(*) from resource_version where resource_type = ? and last_updated >= ?))
                        """, row -> row.getLong(1), type, from, type, from).orElseThrow();
    }
}
