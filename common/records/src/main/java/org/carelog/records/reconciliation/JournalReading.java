package org.carelog.records.reconciliation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.carelog.audit.journal.SealedEntries;
import org.carelog.sql.Columns;

/** Notes in {@code recorded_version} what the sealed entries say was written, and finds what of it is not in the history. For one thread. */
final class JournalReading {
    private static final int TOGETHER = 1000;

    private final Connection connection;
    private final Progress progress;
    private final Differences found = new Differences();

    JournalReading(Connection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** Goes on to the end, in transactions of its own: what is read stays read. */
    void toTheEnd() throws SQLException, InterruptedException {
        while (page()) {
            connection.commit();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        connection.commit();
    }

    private boolean page() throws SQLException {
        long from = progress.nextSeq();
        Differences ofPage = new Differences();
        Map<RecordedVersion, Long> named = new LinkedHashMap<>();
        long next = SealedEntries.read(connection, from, (seq, entry) -> {
            if (entry == null) {
                ofPage.gone(seq);
                return;
            }
            RecordedVersion.in(entry).forEach(version -> named.putIfAbsent(version, seq));
            if (named.size() >= TOGETHER) {
                note(named, ofPage);
            }
        });
        note(named, ofPage);
        progress.reached(next, ofPage);
        found.addAll(ofPage);
        return next > from;
    }

    private void note(Map<RecordedVersion, Long> named, Differences ofPage) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with named as (
                    select n.type, n.id, n.version, v.resource_key
                    from unnest(?, ?, ?::bigint[]) as n (type, id, version)
                    left join resource r on r.resource_type = n.type and r.resource_id = n.id
                    left join resource_version v on v.resource_key = r.resource_key and v.version_id = n.version),
                noted as (
                    insert into recorded_version (resource_key, version_id)
                    select resource_key, version from named where resource_key is not null
                    on conflict do nothing)
                select type, id, version from named where resource_key is null
                """)) {
            Set<RecordedVersion> versions = named.keySet();
            statement.setArray(1, connection.createArrayOf("text", Columns.strings(versions, RecordedVersion::type)));
            statement.setArray(2, connection.createArrayOf("text", Columns.strings(versions, RecordedVersion::id)));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "int8",
                            versions.stream().map(RecordedVersion::version).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    RecordedVersion version =
                            new RecordedVersion(rows.getString(1), rows.getString(2), rows.getLong(3));
                    ofPage.unstored(version, named.get(version));
                }
            }
        }
        named.clear();
    }

    /** What is written, and has no number yet. */
    Set<RecordedVersion> unsealed() throws SQLException {
        Set<RecordedVersion> versions = new HashSet<>();
        SealedEntries.unsealed(connection).forEach(entry -> versions.addAll(RecordedVersion.in(entry)));
        connection.commit();
        return versions;
    }

    /** Rows of the journal that are no entries: all of it is looked at. */
    void strays() throws SQLException {
        Differences strays = new Differences();
        SealedEntries.strays(connection, TOGETHER).forEach(strays::stray);
        progress.reached(progress.nextSeq(), strays);
        connection.commit();
        found.addAll(strays);
    }

    Differences found() {
        return found;
    }
}
