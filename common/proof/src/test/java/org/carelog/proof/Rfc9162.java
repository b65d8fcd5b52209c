package org.carelog.proof;

import java.util.ArrayList;
import java.util.List;

/** The definitions of RFC 9162, 2.1, as they stand there: of lists, by recursion. Slow, and short enough to be believed. */
final class Rfc9162 {
    private Rfc9162() {}

    static Hash mth(List<Hash> leaves) {
        if (leaves.size() <= 1) {
            return leaves.isEmpty() ? Hash.OF_NOTHING : leaves.getFirst();
        }
        int k = split(leaves);
        return Hash.node(mth(leaves.subList(0, k)), mth(leaves.subList(k, leaves.size())));
    }

    static List<Hash> path(int m, List<Hash> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int k = split(leaves);
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        return m < k ? and(path(m, left), mth(right)) : and(path(m - k, right), mth(left));
    }

    static List<Hash> proof(int m, List<Hash> leaves) {
        return subproof(m, leaves, true);
    }

    private static List<Hash> subproof(int m, List<Hash> leaves, boolean known) {
        if (m == leaves.size()) {
            return known ? List.of() : List.of(mth(leaves));
        }
        int k = split(leaves);
        List<Hash> left = leaves.subList(0, k);
        List<Hash> right = leaves.subList(k, leaves.size());
        return m <= k ? and(subproof(m, left, known), mth(right)) : and(subproof(m - k, right, false), mth(left));
    }

    /** The largest power of two smaller than the number of leaves. */
    private static int split(List<Hash> leaves) {
        int k = 1;
        while (2 * k < leaves.size()) {
            k *= 2;
        }
        return k;
    }

    private static List<Hash> and(List<Hash> hashes, Hash one) {
        List<Hash> more = new ArrayList<>(hashes);
        more.add(one);
        return more;
    }
}
