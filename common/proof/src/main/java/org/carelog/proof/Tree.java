package org.carelog.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Roots and proofs of a tree at any size up to that which is stored, each from about {@code 2 log n} hashes. As
 * thread-safe as what it reads from.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1">RFC 9162, 2.1</a>
 */
public final class Tree {
    private final StoredHashes stored;

    public Tree(StoredHashes stored) {
        this.stored = stored;
    }

    /** The leaves from one to another, whose hash is one of a proof. */
    private record Range(long from, long to) {
        /** Where RFC 9162 divides it: after the largest power of two that is smaller than it. */
        long middle() {
            return from + Long.highestOneBit(to - from - 1);
        }

        Range left() {
            return new Range(from, middle());
        }

        Range right() {
            return new Range(middle(), to);
        }
    }

    /** Of the first so many leaves. */
    public Hash root(long size) {
        return hashes(List.of(new Range(0, size))).getFirst();
    }

    /** That a leaf is in a tree: RFC 9162, 2.1.3.1, from the leaf's sibling up. */
    public InclusionProof inclusion(long index, long size) {
        return inclusions(List.of(index), size).getFirst();
    }

    /** The same of several leaves, asking once for what their proofs share. */
    public List<InclusionProof> inclusions(List<Long> indexes, long size) {
        List<List<Range>> paths =
                indexes.stream().map(index -> siblings(index, size)).toList();
        Iterator<Hash> hashes =
                hashes(paths.stream().flatMap(List::stream).toList()).iterator();
        List<InclusionProof> proofs = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            List<Hash> path =
                    paths.get(i).stream().map(sibling -> hashes.next()).toList();
            proofs.add(new InclusionProof(indexes.get(i), size, path));
        }
        return proofs;
    }

    private static List<Range> siblings(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " of " + size);
        }
        List<Range> siblings = new ArrayList<>();
        Range range = new Range(0, size);
        while (range.to() - range.from() > 1) {
            boolean isLeft = index < range.middle();
            siblings.add(isLeft ? range.right() : range.left());
            range = isLeft ? range.left() : range.right();
        }
        return siblings.reversed();
    }

    /** That a tree begins with a smaller one: RFC 9162, 2.1.4.1; nothing has to be shown of an empty one, or of the same. */
    public ConsistencyProof consistency(long oldSize, long newSize) {
        if (oldSize < 0 || oldSize > newSize) {
            throw new IllegalArgumentException("no tree of " + newSize + " begins with one of " + oldSize);
        }
        List<Range> parts = new ArrayList<>();
        if (oldSize > 0) {
            Range range = new Range(0, newSize);
            while (range.to() != oldSize) {
                boolean isLeft = oldSize <= range.middle();
                parts.add(isLeft ? range.right() : range.left());
                range = isLeft ? range.left() : range.right();
            }
            // the old tree itself is known to who checks; a part of it is not
            if (range.from() > 0) {
                parts.add(range);
            }
        }
        return new ConsistencyProof(oldSize, newSize, hashes(parts.reversed()));
    }

    private List<Hash> hashes(List<Range> ranges) {
        Map<Range, List<Subtree>> covers = new LinkedHashMap<>();
        ranges.forEach(range -> covers.computeIfAbsent(range, one -> Subtree.covering(one.from(), one.to())));
        List<Hash> found =
                stored.get(covers.values().stream().flatMap(List::stream).toList());
        Map<Range, Hash> hashes = new HashMap<>();
        int next = 0;
        for (Map.Entry<Range, List<Subtree>> cover : covers.entrySet()) {
            int end = next + cover.getValue().size();
            hashes.put(cover.getKey(), Subtree.join(found.subList(next, end)));
            next = end;
        }
        return ranges.stream().map(hashes::get).toList();
    }
}
