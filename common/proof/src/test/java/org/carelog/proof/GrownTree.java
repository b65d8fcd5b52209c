package org.carelog.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A log in memory, grown leaf by leaf. */
final class GrownTree {
    final List<Hash> leaves = new ArrayList<>();
    final Map<Subtree, Hash> stored = new HashMap<>();
    final Frontier frontier = new Frontier();
    final Tree tree = new Tree(this::get);

    static GrownTree of(int size) {
        return of("leaf ", size);
    }

    static GrownTree of(String prefix, int size) {
        GrownTree tree = new GrownTree();
        tree.grow(prefix, size);
        return tree;
    }

    void grow(String prefix, int count) {
        for (int i = 0; i < count; i++) {
            add((prefix + leaves.size()).getBytes(StandardCharsets.UTF_8));
        }
    }

    void add(byte[] content) {
        Hash leaf = Hash.leaf(content);
        leaves.add(leaf);
        frontier.add(leaf, stored::put);
    }

    private List<Hash> get(List<Subtree> subtrees) {
        return subtrees.stream().map(stored::get).toList();
    }

    Checkpoint checkpoint(String origin) {
        return new Checkpoint(origin, leaves.size(), frontier.root());
    }
}
