package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.carelog.proof.Hash;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/** Reads the ledger for a check, in the caller's transaction. Thread-safe. */
@Singleton
final class LeafRows {
    private static final int MOST_BYTES = 1 << 20;

    private final Sql sql;

    LeafRows(Sql sql) {
        this.sql = sql;
    }

    /**
     * A leaf, the access it is of, and the hash of the entry before that.
     *
     * @param entry null, with its two hashes: there is none at the leaf's time
     * @param hashBefore null: there is none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(
            long index,
            String kind,
            String source,
            long seq,
            byte[] canonical,
            byte[] salt,
            byte[] entry,
            byte[] previousHash,
            byte[] hash,
            Instant takenAt,
            byte[] hashBefore) {
        boolean isAccess() {
            return kind.equals("access");
        }

        LeafHash leafHash() {
            return new LeafHash(index, Hash.leaf(canonical));
        }
    }

    /** Something that was noted. */
    record Noted(String source, long seq, String kind, Instant at) {}

    /** Those from an index on that there are: some, as many as memory allows. */
    List<Row> from(long index, long end) {
        return sql.list("""
                select leaf_index, kind, source, seq, canonical, salt, entry, previous_hash, hash, taken_at,
                    coalesce(
                        (select before.hash from access_record before
                            where before.source = leaf.source and before.seq = leaf.seq - 1 limit 1),
                        (select last_hash from ledger_month_source stood
                            where stood.source = leaf.source and last_seq = leaf.seq - 1 limit 1))
                from (
                    select leaf.*, entry, previous_hash, hash,
                        sum(length(canonical) + coalesce(length(entry), 0)) over (order by leaf_index) as bytes
                    from ledger_leaf as leaf left join access_record as record
                        on record.source = leaf.source and record.seq = leaf.seq and received_at = taken_at
                    where leaf_index >= ? and leaf_index < ?) as leaf
                where leaf_index = ? or bytes <= ?
                order by leaf_index
                """, LeafRows::row, index, end, index, MOST_BYTES);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getBytes(5),
                row.getBytes(6),
                row.getBytes(7),
                row.getBytes(8),
                row.getBytes(9),
                instant(row, 10),
                row.getBytes(11));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** The faults of these entries. */
    List<Noted> faults(List<Row> rows) {
        return sql.list(
                """
                select source, seq, kind, noticed_at
                from (select distinct source, seq from unnest(?, ?) as wanted (source, seq)) as wanted
                join source_fault using (source, seq)
                """,
                row -> new Noted(row.getString(1), row.getLong(2), row.getString(3), instant(row, 4)),
                Columns.strings(rows, Row::source),
                Columns.longs(rows, Row::seq));
    }

    boolean hasGap(String source, long firstSeq, long lastSeq, Instant latest) {
        return sql.first("""
                        select 1 from source_gap
                        where source = ? and first_seq <= ? and last_seq >= ? and noticed_at <= ?
                        """, row -> 1, source, firstSeq, lastSeq, latest).isPresent();
    }

    /** Whether the number was missing when a later one came, and is so still, or is gone with its month. */
    boolean isMissing(String source, long seq) {
        return hasGap(source, seq, seq, Instant.parse("9999-12-31T00:00:00Z"))
                || sql.first("""
                        select 1 from ledger_month_source
                        where month = (select min(month) from ledger_month) and source = ? and last_seq > ?
                        """, row -> 1, source, seq).isPresent();
    }

    /** The hashes of leaves, as the tree has them: all that there is of those that are gone. */
    List<LeafHash> hashes(long from, long end) {
        return sql.list(
                "select position, hash from ledger_hash where level = 0 and position >= ? and position < ? order by position",
                row -> new LeafHash(row.getLong(1), Hash.of(row.getBytes(2))),
                from,
                end);
    }
}
