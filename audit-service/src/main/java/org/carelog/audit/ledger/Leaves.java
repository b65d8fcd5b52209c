package org.carelog.audit.ledger;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.sql.Sql;

/** Reads leaves, with what they commit to. Works in the caller's transaction. Thread-safe. */
@Singleton
public final class Leaves {
    /** Of entries and leaves that are read together, but for one that is larger. */
    private static final int MOST_BYTES = 1 << 20;

    private final Sql sql;

    Leaves(Sql sql) {
        this.sql = sql;
    }

    /** Those from an index on, without a hole: as many as memory allows, one at least, and none from {@code end} on. */
    public List<StoredLeaf> from(long index, long end) {
        return sql.list("""
                select leaf_index, kind, source, seq, canonical, salt, previous_hash, hash, entry, taken_at
                from (
                    select leaf.*, previous_hash, hash, entry,
                        sum(length(canonical) + coalesce(length(entry), 0)) over (order by leaf_index) as bytes
                    from ledger_leaf as leaf left join access_record as record
                        on record.source = leaf.source and record.seq = leaf.seq and received_at = taken_at
                    where leaf_index >= ? and leaf_index < ?) as leaf
                where leaf_index = ? or bytes <= ?
                order by leaf_index
                """, Leaves::leaf, index, end, index, MOST_BYTES);
    }

    private static StoredLeaf leaf(ResultSet row) throws SQLException {
        Leaf.Kind kind = Leaf.Kind.of(row.getString(2));
        Leaf leaf = new Leaf(
                kind,
                row.getString(3),
                row.getLong(4),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getBytes(5),
                row.getBytes(6));
        Optional<AccessRecorded> access = kind != Leaf.Kind.ACCESS || row.getBytes(9) == null
                ? Optional.empty()
                : Optional.of(new AccessRecorded(
                        leaf.source(), leaf.seq(), row.getBytes(7), row.getBytes(8), row.getBytes(9)));
        return new StoredLeaf(row.getLong(1), leaf, access);
    }
}
