package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sealed entries that are not known to be on the topic, and the mark up to which they are. */
@Singleton
final class Shipments {
    private static final int MOST_SEALS = 64;
    private static final int ENOUGH_ENTRIES = 1000;
    /** An entry may name a thousand resources. */
    private static final long ENOUGH_BYTES = 1 << 20;

    private final String source;
    private final byte[] start;

    Shipments(JournalConfig config) {
        this.source = config.source();
        this.start = Chain.start(source);
    }

    /**
     * What is to be sent next, in order.
     *
     * @param nextSeq the number behind the last entry
     * @param unshipped how many sealed entries are not known to be on the topic, these included
     * @param intact whether every entry and seal is what was sealed; if not, what is there is sent all the same, so
     *     that whoever checks the chain sees it too
     */
    record Shipment(List<AccessRecorded> entries, long nextSeq, long unshipped, boolean intact) {}

    /** Up to where entries are known to be on the topic, and how many sealed ones are behind it. */
    private record Mark(long nextSeq, byte[] hashBefore, long unshipped) {}

    private record Seal(long firstSeq, Long[] entryNos, byte[] previousHash, byte[] hash) {}

    Shipment next(Connection connection) throws SQLException {
        Mark mark = mark(connection);
        if (mark.unshipped() == 0) {
            return new Shipment(List.of(), mark.nextSeq(), 0, true);
        }
        long nextSeq = mark.nextSeq();
        List<Seal> seals = seals(connection, nextSeq);
        Map<Long, byte[]> entries = entries(connection, seals);
        List<AccessRecorded> records = new ArrayList<>(entries.size());
        byte[] hash = mark.hashBefore();
        boolean intact = true;
        for (Seal seal : seals) {
            intact &= seal.firstSeq() == nextSeq && Arrays.equals(hash, seal.previousHash());
            hash = seal.previousHash();
            for (int i = 0; i < seal.entryNos().length; i++) {
                byte[] entry = entries.get(seal.entryNos()[i]);
                if (entry == null) {
                    intact = false;
                    continue;
                }
                long seq = seal.firstSeq() + i;
                byte[] computed = Chain.next(hash, seq, entry);
                boolean last = i == seal.entryNos().length - 1;
                intact &= !last || Arrays.equals(computed, seal.hash());
                records.add(new AccessRecorded(source, seq, hash, last ? seal.hash() : computed, entry));
                hash = computed;
            }
            hash = seal.hash();
            nextSeq = seal.firstSeq() + seal.entryNos().length;
        }
        return new Shipment(records, nextSeq, mark.unshipped(), intact);
    }

    private Mark mark(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        select next_seq,
                            (select hash from audit_seal where first_seq < next_seq order by first_seq desc limit 1),
                            (select first_seq + cardinality(entry_nos) from audit_seal order by first_seq desc limit 1)
                        from audit_shipped
                        """);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long nextSeq = row.getLong(1);
            byte[] hashBefore = row.getBytes(2);
            long end = row.getLong(3);
            return new Mark(nextSeq, hashBefore == null ? start : hashBefore, row.wasNull() ? 0 : end - nextSeq);
        }
    }

    private static List<Seal> seals(Connection connection, long nextSeq) throws SQLException {
        List<Seal> seals = new ArrayList<>();
        int entries = 0;
        long bytes = 0;
        try (PreparedStatement statement = connection.prepareStatement("""
                select first_seq, entry_nos, previous_hash, hash,
                    (select sum(octet_length(entry)) from audit_entry where entry_no = any (entry_nos))
                from audit_seal
                where first_seq >= ? order by first_seq limit ?
                """)) {
            statement.setLong(1, nextSeq);
            statement.setInt(2, MOST_SEALS);
            try (ResultSet rows = statement.executeQuery()) {
                while (entries < ENOUGH_ENTRIES && bytes < ENOUGH_BYTES && rows.next()) {
                    Long[] entryNos = (Long[]) rows.getArray(2).getArray();
                    entries += entryNos.length;
                    bytes += rows.getLong(5);
                    seals.add(new Seal(rows.getLong(1), entryNos, rows.getBytes(3), rows.getBytes(4)));
                }
            }
        }
        return seals;
    }

    private static Map<Long, byte[]> entries(Connection connection, List<Seal> seals) throws SQLException {
        Long[] entryNos =
                seals.stream().flatMap(seal -> Stream.of(seal.entryNos())).toArray(Long[]::new);
        Map<Long, byte[]> entries = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select entry_no, entry from audit_entry where entry_no = any (?)")) {
            statement.setArray(1, connection.createArrayOf("int8", entryNos));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    entries.put(rows.getLong(1), rows.getBytes(2));
                }
            }
        }
        return entries;
    }

    /** Notes that everything before the number is on the topic. */
    void shipped(Connection connection, long nextSeq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("update audit_shipped set next_seq = ?")) {
            statement.setLong(1, nextSeq);
            statement.executeUpdate();
        }
    }
}
