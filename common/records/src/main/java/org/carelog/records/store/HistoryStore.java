package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carelog.access.Visibility;
import org.carelog.sql.Sql;

/** Versions in the order of time, newest first, in pages that begin after a version. Thread-safe. */
@ApplicationScoped
public class HistoryStore {
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private final Sql sql;

    public HistoryStore(Sql sql) {
        this.sql = sql;
    }

    /** Where a page begins: after this version. */
    public record Position(Instant lastUpdated, long key, long version) {
        static Position newest() {
            return new Position(END_OF_TIME, Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    public record Entry(Position position, StoredVersion version) {}

    /**
     * @param id of the resource; null: of all of the type
     * @param since versions from this instant on; null: all
     * @param after the last version of the page before; null: from the newest
     */
    public List<Entry> page(String type, String id, Instant since, Position after, int limit, Visibility visibility) {
        Position from = after == null ? Position.newest() : after;
        return ResourceStore.seen(
                        visibility,
                        patient -> Optional.of(sql.list(
                                """
                        select r.resource_type, r.resource_id, v.version_id, v.change, v.last_updated, v.patient_id, v.content, v.resource_key
                        from resource_version v join resource r on r.resource_key = v.resource_key
                        where v.resource_type = ?
                            and (?::text is null or v.resource_key = (
                                select resource_key from resource where resource_type = ? and resource_id = ?))
                            and v.last_updated >= coalesce(?::timestamptz, '-infinity')
                            and (v.last_updated, v.resource_key, v.version_id) < (?, ?, ?)
                            and (?::text is null or v.patient_id = ?)
                        order by v.last_updated desc, v.resource_key desc, v.version_id desc
                        limit ?
                        """,
                                row -> {
                                    StoredVersion version = ResourceStore.storedVersion(row);
                                    return new Entry(
                                            new Position(version.lastUpdated(), row.getLong(8), version.version()),
                                            version);
                                },
                                type,
                                id,
                                type,
                                id,
                                since,
                                from.lastUpdated(),
                                from.key(),
                                from.version(),
                                patient,
                                patient,
                                limit)))
                .orElseGet(List::of);
    }

    /** How many versions the instance has that the actor may see. */
    public long count(String type, String id, Visibility visibility) {
        return ResourceStore.seen(
                        visibility, patient -> sql.first("""
                        select count(*) from resource_version v join resource r on r.resource_key = v.resource_key
                        where r.resource_type = ? and r.resource_id = ? and (?::text is null or v.patient_id = ?)
                        """, row -> row.getLong(1), type, id, patient, patient))
                .orElse(0L);
    }
}
