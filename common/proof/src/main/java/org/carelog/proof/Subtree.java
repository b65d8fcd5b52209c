package org.carelog.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * A complete subtree: the {@code 2^level} leaves that follow the first {@code position * 2^level}. Its hash never changes
 * however the tree grows, so it is what is stored.
 */
public record Subtree(int level, long position) {

    /** The fewest that together are the leaves from one to another, from left to right. */
    static List<Subtree> covering(long from, long to) {
        List<Subtree> subtrees = new ArrayList<>();
        long start = from;
        while (start < to) {
            int level = 63 - Long.numberOfLeadingZeros(to - start);
            if (start != 0) {
                level = Math.min(level, Long.numberOfTrailingZeros(start));
            }
            subtrees.add(new Subtree(level, start >> level));
            start += 1L << level;
        }
        return subtrees;
    }

    /** The hash over the leaves of several neighbours, the last of which may be smaller. */
    static Hash join(List<Hash> hashes) {
        return hashes.reversed().stream()
                .reduce((right, left) -> Hash.node(left, right))
                .orElse(Hash.OF_NOTHING);
    }
}
