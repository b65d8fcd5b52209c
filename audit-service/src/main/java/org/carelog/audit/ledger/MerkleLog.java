package org.carelog.audit.ledger;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.proof.Subtree;
import org.carelog.proof.Tree;
import org.carelog.sql.Sql;

/**
 * The ledger as a Merkle tree: whatever is taken in becomes a leaf, in the same transaction, under the next index. One at a
 * time adds. Every method works in the caller's transaction. Thread-safe.
 */
@Singleton
public final class MerkleLog {
    /** Held by who adds, until its transaction ends: nobody sees the end of the tree before it is decided. */
    private static final long APPEND_LOCK = 0x6361_7265_6c6f_6705L;

    private final Sql sql;
    private final SecureRandom random = new SecureRandom();
    private final Tree tree;
    private final AtomicLong added = new AtomicLong();

    MerkleLog(Sql sql) {
        this.sql = sql;
        this.tree = new Tree(this::hashes);
    }

    /** Adds what was taken in and noticed. Nothing that another one waits for may be locked after it. */
    public void append(List<Appended> taken) {
        if (taken.stream().allMatch(Appended::isEmpty)) {
            return;
        }
        LedgerTime time = LedgerTime.of(sql);
        lock();
        Instant now = time.now();
        List<Leaf> leaves = new ArrayList<>();
        for (Appended appended : taken) {
            appended.entries().forEach(entry -> leaves.add(Leaf.of(entry, now, salt())));
            appended.gaps().forEach(gap -> leaves.add(Leaf.of(appended.source(), gap, now)));
            appended.faults().forEach(fault -> leaves.add(Leaf.of(appended.source(), fault, now)));
        }
        add(size(time), leaves);
    }

    /** Adds that what is older is given up, and may be gone from then on. */
    public void append(Retention retention) {
        LedgerTime time = LedgerTime.of(sql);
        lock();
        add(size(time), List.of(Leaf.of(retention, time.now())));
    }

    private void lock() {
        sql.first("select pg_advisory_xact_lock(?), 1", row -> 1, APPEND_LOCK);
    }

    private byte[] salt() {
        byte[] salt = new byte[Leaf.SALT_LENGTH];
        random.nextBytes(salt);
        return salt;
    }

    private void add(long size, List<Leaf> leaves) {
        if (leaves.isEmpty()) {
            return;
        }
        Frontier frontier = new Frontier(size, edge(size));
        List<Subtree> subtrees = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        for (Leaf leaf : leaves) {
            frontier.add(Hash.leaf(leaf.canonical()), (subtree, hash) -> {
                subtrees.add(subtree);
                hashes.add(hash.bytes());
            });
        }
        insertLeaves(size, leaves);
        added.addAndGet(leaves.size());
        sql.update(
                """
                insert into ledger_hash (level, position, hash)
                select level, position, hash from unnest(?, ?, ?) as completed (level, position, hash)
                """,
                longs(subtrees, Subtree::level),
                longs(subtrees, Subtree::position),
                hashes.toArray(byte[][]::new));
    }

    private void insertLeaves(long firstIndex, List<Leaf> leaves) {
        sql.update(
                """
                insert into ledger_leaf (leaf_index, taken_at, kind, source, seq, canonical, salt)
                select ? + place - 1, taken_at, kind, source, seq, canonical, salt
                from unnest(?, ?, ?, ?, ?, ?) with ordinality as leaf (taken_at, kind, source, seq, canonical, salt, place)
                """,
                firstIndex,
                leaves.stream().map(Leaf::takenAt).toArray(Instant[]::new),
                texts(leaves, leaf -> leaf.kind().word()),
                texts(leaves, Leaf::source),
                longs(leaves, Leaf::seq),
                blobs(leaves, Leaf::canonical),
                blobs(leaves, Leaf::salt));
    }

    /** How many leaves this process has added; those of transactions that go on, or failed, are among them. */
    public long added() {
        return added.get();
    }

    /** The same as {@link #size()}, from the newest month alone. */
    private long size(LedgerTime time) {
        return sql.first("""
                        select coalesce(
                            (select leaf_index + 1 from ledger_leaf where taken_at >= ? order by leaf_index desc limit 1),
                            (select max(first_leaf) from ledger_month))
                        """, row -> row.getLong(1), time.since()).orElseThrow();
    }

    /** How many leaves there are, with those that are gone. */
    public long size() {
        return sql.first(
                        "select leaf_index + 1 from ledger_leaf order by leaf_index desc limit 1",
                        row -> row.getLong(1))
                .orElse(0L);
    }

    /** Its roots and proofs at any size up to {@link #size}; {@link BrokenLog} when a hash is missing. */
    public Tree tree() {
        return tree;
    }

    /** What is needed of the first leaves to go on behind them: see {@link Frontier}. */
    public List<Hash> edge(long size) {
        return hashes(Frontier.subtrees(size));
    }

    private List<Hash> hashes(List<Subtree> subtrees) {
        Map<Subtree, Hash> found = new HashMap<>();
        sql.list(
                        """
                        select level, position, hash
                        from unnest(?, ?) as wanted (level, position) join ledger_hash using (level, position)
                        """,
                        row -> Map.entry(new Subtree(row.getInt(1), row.getLong(2)), Hash.of(row.getBytes(3))),
                        longs(subtrees, Subtree::level),
                        longs(subtrees, Subtree::position))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return subtrees.stream()
                .map(subtree -> {
                    Hash hash = found.get(subtree);
                    if (hash == null) {
                        throw new BrokenLog("the ledger has no hash of " + subtree);
                    }
                    return hash;
                })
                .toList();
    }

    private static <T> long[] longs(List<T> values, ToLongFunction<T> part) {
        return values.stream().mapToLong(part).toArray();
    }

    private static String[] texts(List<Leaf> leaves, Function<Leaf, String> part) {
        return leaves.stream().map(part).toArray(String[]::new);
    }

    private static byte[][] blobs(List<Leaf> leaves, Function<Leaf, byte[]> part) {
        return leaves.stream().map(part).toArray(byte[][]::new);
    }
}
