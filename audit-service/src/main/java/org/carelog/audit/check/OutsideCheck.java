package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignedNote;
import org.carelog.proof.VerifierKey;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/** Whether checkpoints that were kept outside of the database are those that it has. Works in the caller's transaction. Thread-safe. */
@Singleton
final class OutsideCheck {
    private final Sql sql;

    OutsideCheck(Sql sql) {
        this.sql = sql;
    }

    /**
     * The first that is not.
     *
     * @param kept in their order
     */
    Optional<Finding> check(List<SignedNote> kept, VerifierKey key) {
        Map<Long, String> texts = new HashMap<>();
        sql.list(
                "select tree_size, note from ledger_checkpoint where tree_size = any (?)",
                row -> texts.put(row.getLong(1), row.getString(2)),
                (Object) Columns.longs(kept, OutsideCheck::size));
        long last = 0;
        for (SignedNote note : kept) {
            long size = size(note);
            String text = texts.get(size);
            if (!key.hasSigned(note)) {
                return Optional.of(Finding.none(
                        "a checkpoint of %d leaves outside of the database is not signed by the log".formatted(size)));
            }
            if (text == null || !text.startsWith(note.text() + "\n")) {
                return Optional.of(new Finding(
                        Math.min(last, size - 1),
                        "it, or one up to %d, is not what was signed: the checkpoint of %d leaves is another one outside of the database"
                                .formatted(size - 1, size)));
            }
            last = size;
        }
        return Optional.empty();
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }
}
