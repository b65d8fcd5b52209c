package org.carelog.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The right edge of a tree: what is needed to add leaves and to know the root, and no more, a hash for each bit of the
 * size. Not thread-safe.
 */
public final class Frontier {
    private final List<Hash> peaks;
    private long size;

    /** Of a tree without leaves. */
    public Frontier() {
        this(0, List.of());
    }

    /** @param hashes of the {@link #subtrees} of a tree of this size */
    public Frontier(long size, List<Hash> hashes) {
        if (hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has another edge");
        }
        this.size = size;
        this.peaks = new ArrayList<>(hashes);
    }

    /** Those whose hashes are the edge of a tree of this size. */
    public static List<Subtree> subtrees(long size) {
        return Subtree.covering(0, size);
    }

    /** @param completed gets the leaf, and each subtree that it completes: about two for each leaf */
    public void add(Hash leaf, BiConsumer<Subtree, Hash> completed) {
        Hash hash = leaf;
        long position = size;
        int level = 0;
        completed.accept(new Subtree(level, position), hash);
        while ((position & 1) == 1) {
            hash = Hash.node(peaks.removeLast(), hash);
            position >>= 1;
            level++;
            completed.accept(new Subtree(level, position), hash);
        }
        peaks.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    /** The hashes of the {@link #subtrees} of the leaves so far. */
    public List<Hash> edge() {
        return List.copyOf(peaks);
    }

    public Hash root() {
        return Subtree.join(peaks);
    }
}
