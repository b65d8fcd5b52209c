package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.carelog.sql.SessionLock;

/**
 * Appends entries, and puts them and the committed ones of other transactions at the end of the dense sequence. One process
 * at a time seals in a database, as long as its session lasts, and so knows where the sequence ends; the others leave their entries
 * to it. Each statement is a transaction of its own. For one thread.
 */
@Singleton
final class Sequence {
    /** Held by the session of the process that seals. */
    private static final long SEAL_LOCK = 0x6361_7265_6c6f_6701L;
    /** The most entries of other transactions that one seal takes along. */
    private static final int TAKE = 1000;

    /** Writes entries, in their order, for whoever seals. */
    static final String LEAVE_UNSEALED = """
            with written as (
                insert into audit_entry (entry)
                select entry from unnest(?::bytea[]) with ordinality as batch (entry, place) order by place
                returning entry_no)
            insert into audit_unsealed (entry_no) select entry_no from written
            """;

    private final byte[] start;
    private End end;

    Sequence(JournalConfig config) {
        this.start = Chain.start(config.source());
    }

    /** Where the sequence goes on, as long as the session seals. */
    private record End(Connection session, long nextSeq, byte[] hash, long totalBytes) {
        /** Behind these entries. */
        End after(List<byte[]> entries) {
            byte[] last = hash;
            long seq = nextSeq;
            long bytes = totalBytes;
            for (byte[] entry : entries) {
                last = Chain.next(last, seq++, entry);
                bytes += entry.length;
            }
            return new End(session, seq, last, bytes);
        }
    }

    /** What a look at entries without a seal found: whether some have one now, and whether there may be more. */
    record Swept(boolean sealed, boolean more) {}

    /**
     * Writes the entries, durably; without a seal, while another process seals.
     *
     * @return whether they are sealed
     */
    boolean append(Connection session, List<byte[]> entries) throws SQLException {
        if (isSealing(session)) {
            seal(session, entries);
            return true;
        }
        leaveUnsealed(session, entries);
        return false;
    }

    /** Seals what other transactions left, if it is for this process to seal, or nobody does it. */
    Swept sweep(Connection session) throws SQLException {
        if (!isSealing(session) && !beginSealing(session)) {
            return new Swept(false, false);
        }
        List<Long> numbers = new ArrayList<>();
        List<byte[]> entries = new ArrayList<>();
        try (PreparedStatement statement = session.prepareStatement("""
                select entry_no, entry from audit_unsealed join audit_entry using (entry_no) order by entry_no limit ?
                """)) {
            statement.setInt(1, TAKE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                    entries.add(rows.getBytes(2));
                }
            }
        }
        if (!entries.isEmpty()) {
            seal(session, numbers, entries);
        }
        return new Swept(!entries.isEmpty(), entries.size() == TAKE);
    }

    private boolean isSealing(Connection session) {
        return end != null && end.session() == session;
    }

    // Two statements: the snapshot of the second one is taken with the lock held, so it has the seals of its last
    // holder.
    private boolean beginSealing(Connection session) throws SQLException {
        if (!SessionLock.tryLock(session, SEAL_LOCK)) {
            return false;
        }
        try (PreparedStatement statement = session.prepareStatement("""
                        select first_seq + cardinality(entry_nos), hash, coalesce(total_bytes, 0)
                        from audit_seal order by first_seq desc limit 1
                        """);
                ResultSet rows = statement.executeQuery()) {
            end = rows.next()
                    ? new End(session, rows.getLong(1), rows.getBytes(2), rows.getLong(3))
                    : new End(session, 1, start, 0);
        }
        return true;
    }

    /** Entries that are not written yet. */
    private void seal(Connection session, List<byte[]> entries) throws SQLException {
        End next = end.after(entries);
        try (PreparedStatement statement = session.prepareStatement("""
                with written as (
                    insert into audit_entry (entry)
                    select entry from unnest(?::bytea[]) with ordinality as batch (entry, place) order by place
                    returning entry_no)
                insert into audit_seal (entry_nos, first_seq, previous_hash, hash, total_bytes)
                select array_agg(entry_no order by entry_no), ?, ?, ?, ? from written
                """)) {
            statement.setArray(1, blobs(session, entries));
            put(statement, next);
        }
    }

    /** Entries that are there, with their numbers. */
    private void seal(Connection session, List<Long> numbers, List<byte[]> entries) throws SQLException {
        End next = end.after(entries);
        try (PreparedStatement statement = session.prepareStatement("""
                with sealing as (
                    delete from audit_unsealed where entry_no = any (?) returning entry_no)
                insert into audit_seal (entry_nos, first_seq, previous_hash, hash, total_bytes)
                select array_agg(entry_no order by entry_no), ?, ?, ?, ? from sealing
                """)) {
            statement.setArray(1, session.createArrayOf("int8", numbers.toArray()));
            put(statement, next);
        }
    }

    private void put(PreparedStatement statement, End next) throws SQLException {
        statement.setLong(2, end.nextSeq());
        statement.setBytes(3, end.hash());
        statement.setBytes(4, next.hash());
        statement.setLong(5, next.totalBytes());
        statement.executeUpdate();
        end = next;
    }

    private static void leaveUnsealed(Connection session, List<byte[]> entries) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(LEAVE_UNSEALED)) {
            statement.setArray(1, blobs(session, entries));
            statement.executeUpdate();
        }
    }

    private static Array blobs(Connection session, List<byte[]> entries) throws SQLException {
        return session.createArrayOf("bytea", entries.toArray(byte[][]::new));
    }
}
