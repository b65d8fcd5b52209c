package org.carelog.records.reconciliation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Compares the history with what the journal names, resource by resource in the order of their keys. A version is seen when it is
 * committed, and its entry was committed with it: one that seems to be unrecorded is looked for once more in what the journal has
 * got since. So no transaction that is open makes a difference. For one thread.
 */
final class HistoryComparison {
    /** Resources that are looked at in one statement. */
    private static final int WINDOW = 5000;

    private final Connection connection;
    private final JournalReading journal;
    private final Array owned;
    private final Differences found = new Differences();
    private long versions;

    HistoryComparison(Connection connection, JournalReading journal, String[] owned) throws SQLException {
        this.connection = connection;
        this.journal = journal;
        this.owned = connection.createArrayOf("text", owned);
    }

    /** In transactions of its own. */
    void compare() throws SQLException, InterruptedException {
        long last = lastKey();
        for (long key = 0; key < last; key += WINDOW) {
            Suspects suspects = suspects(key);
            removed(key);
            connection.commit();
            if (suspects.count() > 0) {
                unrecorded(suspects);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private long lastKey() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select greatest(
                            (select max(resource_key) from resource_version),
                            (select max(resource_key) from recorded_version))
                        """)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Versions of the history, by key and number, that no entry named which is read. */
    private record Suspects(long count, Array keys, Array versions) {}

    private Suspects suspects(long key) throws SQLException {
        // of a version without a head, nobody knows whose it is
        try (PreparedStatement statement = connection.prepareStatement("""
                select count(*), count(*) filter (where n.resource_key is null),
                    array_agg(v.resource_key) filter (where n.resource_key is null),
                    array_agg(v.version_id) filter (where n.resource_key is null)
                from resource_version v
                left join resource r on r.resource_key = v.resource_key
                left join recorded_version n on n.resource_key = v.resource_key and n.version_id = v.version_id
                where v.resource_key > ? and v.resource_key <= ?
                    and (r.resource_key is null or (r.resource_type = any (?) and r.is_copy is not true))
                """)) {
            statement.setLong(1, key);
            statement.setLong(2, key + WINDOW);
            statement.setArray(3, owned);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                versions += row.getLong(1);
                return new Suspects(row.getLong(2), row.getArray(3), row.getArray(4));
            }
        }
    }

    private void removed(long key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select n.resource_key, r.resource_type, r.resource_id, n.version_id
                from recorded_version n
                left join resource r on r.resource_key = n.resource_key
                where n.resource_key > ? and n.resource_key <= ?
                    and not exists (
                        select from resource_version v
                        where v.resource_key = n.resource_key and v.version_id = n.version_id)
                order by n.resource_key, n.version_id
                """)) {
            statement.setLong(1, key);
            statement.setLong(2, key + WINDOW);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.removed(version(rows));
                }
            }
        }
    }

    /** Those of which it is still so when all has been read that was committed before them. */
    private void unrecorded(Suspects suspects) throws SQLException, InterruptedException {
        // in this order: what gets its number in between is read then
        Set<RecordedVersion> unsealed = journal.unsealed();
        journal.toTheEnd();
        try (PreparedStatement statement = connection.prepareStatement("""
                select v.resource_key, v.resource_type, r.resource_id, v.version_id
                from unnest(?, ?) as s (resource_key, version_id)
                join resource_version v on v.resource_key = s.resource_key and v.version_id = s.version_id
                left join resource r on r.resource_key = v.resource_key
                where not exists (
                    select from recorded_version n
                    where n.resource_key = s.resource_key and n.version_id = s.version_id)
                order by v.resource_key, v.version_id
                """)) {
            statement.setArray(1, suspects.keys());
            statement.setArray(2, suspects.versions());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    RecordedVersion version = version(rows);
                    if (!unsealed.contains(version)) {
                        found.unrecorded(version);
                    }
                }
            }
        }
        connection.commit();
    }

    /** One whose head is gone has its key for an id. */
    private static RecordedVersion version(ResultSet row) throws SQLException {
        String type = row.getString(2);
        String id = row.getString(3);
        return new RecordedVersion(
                type == null ? "Resource" : type, id == null ? "key-" + row.getLong(1) : id, row.getLong(4));
    }

    Differences found() {
        return found;
    }

    long versions() {
        return versions;
    }
}
