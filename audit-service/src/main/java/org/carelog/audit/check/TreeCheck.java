package org.carelog.audit.check;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carelog.audit.ledger.BrokenLog;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.proof.MalformedProof;
import org.carelog.proof.SignedNote;
import org.carelog.proof.Subtree;
import org.carelog.proof.VerifierKey;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/**
 * Whether leaves are in their places in the tree, its hashes are theirs, and its roots are those that were signed. Works in the
 * caller's transaction. Thread-safe.
 */
@Singleton
final class TreeCheck {
    private final Sql sql;
    private final MerkleLog log;

    TreeCheck(Sql sql, MerkleLog log) {
        this.sql = sql;
        this.log = log;
    }

    /**
     * @param from the index of the first, if it is there; the hashes of the leaves before it count as right
     * @param leaves those that there are from there on
     * @param gone whether of their bytes nothing is left, so that of a hash that is wrong it cannot be told which leaf's it is
     */
    List<Finding> check(long from, List<LeafHash> leaves, boolean gone, VerifierKey key) {
        if (leaves.isEmpty()) {
            return List.of(new Finding(from, "it is missing, as are others behind it"));
        }
        Frontier frontier;
        try {
            frontier = new Frontier(from, log.edge(from));
        } catch (BrokenLog | MalformedProof e) {
            return List.of(new Finding(from, "a hash of the leaves before it is missing"));
        }
        List<Finding> findings = new ArrayList<>();
        TreeMap<Long, String> signed = signed(from, from + leaves.size());
        List<Subtree> subtrees = new ArrayList<>(2 * leaves.size());
        List<Hash> hashes = new ArrayList<>(2 * leaves.size());
        List<Long> completedBy = new ArrayList<>(2 * leaves.size());
        for (LeafHash leaf : leaves) {
            if (leaf.index() != frontier.size()) {
                findings.add(new Finding(frontier.size(), "it is missing"));
                break;
            }
            frontier.add(leaf.hash(), (subtree, hash) -> {
                subtrees.add(subtree);
                hashes.add(hash);
                completedBy.add(leaf.index());
            });
            String note = signed.get(frontier.size());
            if (note != null && !isSigned(note, frontier, key)) {
                findings.add(notAsSigned(frontier.size()));
            }
        }
        Map<Subtree, Hash> stored = stored(subtrees);
        for (int i = 0; i < subtrees.size(); i++) {
            if (!hashes.get(i).equals(stored.get(subtrees.get(i)))) {
                Subtree wrong = subtrees.get(i);
                findings.add(new Finding(
                        gone ? wrong.position() << wrong.level() : completedBy.get(i),
                        wrong.level() == 0
                                ? "its hash in the tree is not that of its bytes"
                                : "the hash of the %d leaves that end with it is not theirs"
                                        .formatted(1L << wrong.level())));
                break;
            }
        }
        return findings;
    }

    private static boolean isSigned(String text, Frontier frontier, VerifierKey key) {
        try {
            SignedNote note = SignedNote.parse(text);
            return key.hasSigned(note)
                    && Checkpoint.parse(note.text())
                            .equals(new Checkpoint(key.name(), frontier.size(), frontier.root()));
        } catch (MalformedProof e) {
            return false;
        }
    }

    /** It may be any since the checkpoint before, which is right if this is the first that is found. */
    private Finding notAsSigned(long size) {
        long before = sql.first(
                        "select tree_size from ledger_checkpoint where tree_size < ? order by tree_size desc limit 1",
                        row -> row.getLong(1),
                        size)
                .orElse(0L);
        return new Finding(
                before,
                "it, or one up to %d, or the checkpoint that follows, is not what was signed".formatted(size - 1));
    }

    private TreeMap<Long, String> signed(long from, long to) {
        TreeMap<Long, String> signed = new TreeMap<>();
        sql.list(
                "select tree_size, note from ledger_checkpoint where tree_size > ? and tree_size <= ?",
                row -> signed.put(row.getLong(1), row.getString(2)),
                from,
                to);
        return signed;
    }

    private Map<Subtree, Hash> stored(List<Subtree> subtrees) {
        Map<Subtree, Hash> stored = new HashMap<>(3 * subtrees.size());
        sql.list(
                """
                select level, position, hash
                from unnest(?, ?) as wanted (level, position) join ledger_hash using (level, position)
                where length(hash) = 32
                """,
                row -> stored.put(new Subtree(row.getInt(1), row.getLong(2)), Hash.of(row.getBytes(3))),
                Columns.longs(subtrees, Subtree::level),
                Columns.longs(subtrees, Subtree::position));
        return stored;
    }
}
