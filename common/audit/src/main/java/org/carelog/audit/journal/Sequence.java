package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Appends entries and puts them, and the committed ones of other transactions, at the end of the dense sequence. Every
 * method works in the transaction of the connection it is given.
 */
@Singleton
final class Sequence {
    /** One sealer at a time in a database; held until the transaction ends. */
    private static final long SEAL_LOCK = 0x6361_7265_6c6f_6701L;
    /** The most entries of other transactions that one seal takes along. */
    static final int TAKE = 1000;

    private final byte[] start;

    Sequence(JournalConfig config) {
        this.start = Chain.start(config.source());
    }

    /** What an append found: whether there may be more to seal at once. */
    record Appended(boolean sealed, boolean more) {}

    private record Entry(long no, byte[] bytes) {}

    /** The end of the sequence as the lock's holder sees it, and what waits to be put behind it. */
    private record Head(long nextSeq, byte[] hash, long totalBytes, List<Entry> unsealed) {}

    boolean hasUnsealed(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select exists (select from audit_unsealed)");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /**
     * Writes the entries and seals them together with what is unsealed; while another replica is sealing, leaves all of
     * them to it.
     */
    Appended append(Connection connection, List<byte[]> batch) throws SQLException {
        List<Entry> written = new ArrayList<>();
        if (!write(connection, batch, written)) {
            leaveUnsealed(connection, written);
            return new Appended(false, false);
        }
        Head head = head(connection);
        List<Entry> entries =
                Stream.concat(head.unsealed().stream(), written.stream()).toList();
        if (!entries.isEmpty()) {
            seal(connection, head, entries);
        }
        return new Appended(!entries.isEmpty(), head.unsealed().size() == TAKE);
    }

    /** Inserts the entries, in their order, and tries for the sealer's lock in the same round trip. */
    private boolean write(Connection connection, List<byte[]> batch, List<Entry> written) throws SQLException {
        if (batch.isEmpty()) {
            return lock(connection);
        }
        boolean locked = false;
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into audit_entry (entry)
                select entry from unnest(?::bytea[]) with ordinality as batch (entry, place) order by place
                returning entry_no, (select pg_try_advisory_xact_lock(?))
                """)) {
            statement.setArray(1, connection.createArrayOf("bytea", batch.toArray(byte[][]::new)));
            statement.setLong(2, SEAL_LOCK);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    written.add(new Entry(rows.getLong(1), batch.get(written.size())));
                    locked = rows.getBoolean(2);
                }
            }
        }
        return locked;
    }

    private static boolean lock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, SEAL_LOCK);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    // A statement of its own: its snapshot is taken with the lock held, so it sees the seal of the lock's last holder.
    private Head head(Connection connection) throws SQLException {
        long nextSeq = 1;
        byte[] hash = start;
        long totalBytes = 0;
        List<Entry> unsealed = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                with taken as (
                    delete from audit_unsealed
                    where entry_no = any (array(select entry_no from audit_unsealed order by entry_no limit ?))
                    returning entry_no),
                waiting as (
                    select entry_no, entry from taken join audit_entry using (entry_no)),
                last as (
                    select first_seq + cardinality(entry_nos) as next_seq, hash, coalesce(total_bytes, 0) as total_bytes
                    from audit_seal order by first_seq desc limit 1)
                select last.next_seq, last.hash, waiting.entry_no, waiting.entry, last.total_bytes
                from (values (1)) as always left join last on true left join waiting on true
                order by waiting.entry_no
                """)) {
            statement.setInt(1, TAKE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] last = rows.getBytes(2);
                    if (last != null) {
                        nextSeq = rows.getLong(1);
                        hash = last;
                        totalBytes = rows.getLong(5);
                    }
                    byte[] entry = rows.getBytes(4);
                    if (entry != null) {
                        unsealed.add(new Entry(rows.getLong(3), entry));
                    }
                }
            }
        }
        return new Head(nextSeq, hash, totalBytes, unsealed);
    }

    private static void seal(Connection connection, Head head, List<Entry> entries) throws SQLException {
        byte[] hash = head.hash();
        long seq = head.nextSeq();
        long totalBytes = head.totalBytes();
        for (Entry entry : entries) {
            hash = Chain.next(hash, seq++, entry.bytes());
            totalBytes += entry.bytes().length;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into audit_seal (first_seq, entry_nos, previous_hash, hash, total_bytes) values (?, ?, ?, ?, ?)
                """)) {
            statement.setLong(1, head.nextSeq());
            statement.setArray(2, numbers(connection, entries));
            statement.setBytes(3, head.hash());
            statement.setBytes(4, hash);
            statement.setLong(5, totalBytes);
            statement.executeUpdate();
        }
    }

    private static void leaveUnsealed(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("insert into audit_unsealed (entry_no) select unnest(?::bigint[])")) {
            statement.setArray(1, numbers(connection, entries));
            statement.executeUpdate();
        }
    }

    private static Array numbers(Connection connection, List<Entry> entries) throws SQLException {
        return connection.createArrayOf("int8", entries.stream().map(Entry::no).toArray(Long[]::new));
    }
}
