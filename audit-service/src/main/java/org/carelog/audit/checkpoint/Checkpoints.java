package org.carelog.audit.checkpoint;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignedNote;
import org.carelog.sql.RowMapper;
import org.carelog.sql.Sql;

/** The checkpoints that were signed, one of a size. Every method works in the caller's transaction. Thread-safe. */
@Singleton
public final class Checkpoints {
    /** Of who signs, until its transaction ends. */
    private static final long SIGN_LOCK = 0x6361_7265_6c6f_6706L;

    private static final RowMapper<SignedNote> NOTE = row -> SignedNote.parse(row.getString(1));

    private final Sql sql;

    Checkpoints(Sql sql) {
        this.sql = sql;
    }

    /** Whether this transaction may sign; false: another one does. */
    boolean lock() {
        return sql.first("select pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), SIGN_LOCK)
                .orElseThrow();
    }

    /** Of the largest tree that was signed. */
    public Optional<SignedNote> latest() {
        return sql.first("select note from ledger_checkpoint order by tree_size desc limit 1", NOTE);
    }

    /** Some of those of larger trees, the smallest first. */
    List<SignedNote> after(long size, int atMost) {
        return sql.list(
                "select note from ledger_checkpoint where tree_size > ? order by tree_size limit ?",
                NOTE,
                size,
                atMost);
    }

    void add(SignedNote note) {
        sql.update(
                "insert into ledger_checkpoint (tree_size, note) values (?, ?)",
                Checkpoint.parse(note.text()).size(),
                note.toString());
    }
}
