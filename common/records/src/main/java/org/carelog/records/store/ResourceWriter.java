package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.carelog.fhir.LocalReference;
import org.carelog.sql.Batch;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/**
 * Writes the tables of {@link ResourceStore}, any number of rows in one statement. Thread-safe; takes part in the caller's
 * transaction.
 */
@ApplicationScoped
public class ResourceWriter {
    private final Sql sql;

    public ResourceWriter(Sql sql) {
        this.sql = sql;
    }

    /** For what a transaction writes together, here and elsewhere. */
    public Batch batch() {
        return sql.batch();
    }

    /**
     * Puts the heads of new resources at their first versions.
     *
     * @param copies whether they are copies of what another service owns
     * @return the keys of the new heads: without those that are there already (having waited for their transactions to end)
     */
    public Map<LocalReference, Long> create(Collection<StoredVersion> first, boolean copies) {
        Map<LocalReference, Long> keys = new HashMap<>();
        if (first.isEmpty()) {
            return keys;
        }
        sql.list(
                """
                        insert into resource
                            (resource_type, resource_id, version_id, last_updated, is_deleted, patient_id, is_copy)
                        select type, id, version, at, deleted, patient, nullif(?, false)
                        from unnest(?, ?, ?::bigint[], ?::timestamptz[], ?::boolean[], ?)
                            as first (type, id, version, at, deleted, patient)
                        -- two transactions with the same new resources wait for each other, and do not deadlock
                        order by type, id
                        on conflict do nothing
                        returning resource_type, resource_id, resource_key
                        """,
                row -> keys.put(new LocalReference(row.getString(1), row.getString(2)), row.getLong(3)),
                copies,
                Columns.strings(first, StoredVersion::type),
                Columns.strings(first, StoredVersion::id),
                Columns.longs(first, StoredVersion::version),
                first.stream().map(StoredVersion::lastUpdated).toArray(Instant[]::new),
                deleted(first),
                Columns.strings(first, StoredVersion::patientId));
        return keys;
    }

    /** Moves heads, which the transaction has locked, to their next versions. */
    public void replace(Batch batch, Collection<KeyedVersion> next) {
        if (next.isEmpty()) {
            return;
        }
        Collection<StoredVersion> versions = versions(next);
        batch.add(
                """
                update resource
                set version_id = next.version, last_updated = next.at, is_deleted = next.deleted, patient_id = next.patient
                from unnest(?::bigint[], ?::bigint[], ?::timestamptz[], ?::boolean[], ?)
                    as next (key, version, at, deleted, patient)
                where resource_key = next.key
                """,
                keys(next),
                Columns.longs(versions, StoredVersion::version),
                versions.stream().map(StoredVersion::lastUpdated).toArray(Instant[]::new),
                deleted(versions),
                Columns.strings(versions, StoredVersion::patientId));
    }

    /** Puts versions into the history, be they the current ones or earlier ones. */
    public void addToHistory(Batch batch, Collection<KeyedVersion> added) {
        if (added.isEmpty()) {
            return;
        }
        Collection<StoredVersion> versions = versions(added);
        batch.add(
                """
                insert into resource_version
                    (resource_key, version_id, resource_type, change, last_updated, patient_id, content)
                select * from unnest(?::bigint[], ?::bigint[], ?, ?, ?::timestamptz[], ?, ?)
                """,
                keys(added),
                Columns.longs(versions, StoredVersion::version),
                Columns.strings(versions, StoredVersion::type),
                Columns.strings(versions, version -> version.change().word()),
                versions.stream().map(StoredVersion::lastUpdated).toArray(Instant[]::new),
                Columns.strings(versions, StoredVersion::patientId),
                versions.stream().map(StoredVersion::content).toArray(byte[][]::new));
    }

    private static Collection<StoredVersion> versions(Collection<KeyedVersion> keyed) {
        return keyed.stream().map(KeyedVersion::version).toList();
    }

    private static long[] keys(Collection<KeyedVersion> keyed) {
        return Columns.longs(keyed, KeyedVersion::key);
    }

    private static Boolean[] deleted(Collection<StoredVersion> versions) {
        return versions.stream().map(StoredVersion::isDeleted).toArray(Boolean[]::new);
    }
}
