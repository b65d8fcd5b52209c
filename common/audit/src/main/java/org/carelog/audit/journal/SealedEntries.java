package org.carelog.audit.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the journal holds, for who compares it with something. A number is given only after a commit, so whoever has read up to
 * one has missed nothing before it, whatever transactions are open. Works in the transaction of the connection it is given.
 */
public final class SealedEntries {
    private static final int SEALS = 64;
    private static final int ROWS_AT_A_TIME = 100;

    /** What is asked for by GET changes nothing; within the JSON of an entry these bytes are its method and nothing else. */
    private static final String NO_GET = "position('\"method\":\"GET\"'::bytea in e.entry) = 0";

    private SealedEntries() {}

    /** Is told of one entry after the other. */
    @FunctionalInterface
    public interface Reader {

        /**
         * @param seq its number
         * @param entry its bytes; null: they are not there any more
         */
        void read(long seq, byte[] entry) throws SQLException;
    }

    /**
     * Reads the next ones that were asked for by another method than GET, or are not there; autocommit must be off, or all of them
     * are held at once.
     *
     * @param seq where to begin; a number at which a seal does
     * @return where to go on; {@code seq} itself: there are no more
     */
    public static long read(Connection connection, long seq, Reader reader) throws SQLException {
        long next = end(connection, seq);
        try (PreparedStatement statement = connection.prepareStatement("""
                select n.seq, e.entry
                from generate_series(?, ? - 1) as n (seq)
                left join (
                    select s.first_seq + u.place - 1 as seq, u.entry_no
                    from audit_seal s cross join unnest(s.entry_nos) with ordinality as u (entry_no, place)
                    where s.first_seq >= ? and s.first_seq < ?) as sealed on sealed.seq = n.seq
                left join audit_entry e on e.entry_no = sealed.entry_no
                where e.entry is null or %s
                order by n.seq
                """.formatted(NO_GET))) {
            // each number, be there a seal of it or not
            statement.setLong(1, seq);
            statement.setLong(2, next);
            statement.setLong(3, seq);
            statement.setLong(4, next);
            statement.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows.getLong(1), rows.getBytes(2));
                }
            }
        }
        return next;
    }

    private static long end(Connection connection, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select coalesce(max(first_seq + cardinality(entry_nos)), ?)
                from (select first_seq, entry_nos from audit_seal where first_seq >= ? order by first_seq limit ?) as seals
                """)) {
            statement.setLong(1, seq);
            statement.setLong(2, seq);
            statement.setInt(3, SEALS);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Reads those that are committed and have no number yet, and were not asked for by GET. */
    public static List<byte[]> unsealed(Connection connection) throws SQLException {
        List<byte[]> entries = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                        "select e.entry from audit_unsealed join audit_entry e using (entry_no) where " + NO_GET);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(rows.getBytes(1));
            }
        }
        return entries;
    }

    /** Reads the places of entries that are in no seal, and do not wait for one: somebody else put them there. */
    public static List<Long> strays(Connection connection, int most) throws SQLException {
        List<Long> strays = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select entry_no from audit_entry
                except (
                    select unnest(entry_nos) from audit_seal
                    union all
                    select entry_no from audit_unsealed)
                limit ?
                """)) {
            statement.setInt(1, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    strays.add(rows.getLong(1));
                }
            }
        }
        return strays;
    }
}
