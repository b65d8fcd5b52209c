package org.carelog.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * That a leaf is in a tree.
 *
 * @param index of the leaf, from 0
 * @param size of the tree
 * @param path the hashes from the leaf's sibling up to the root's child
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.3">RFC 9162, 2.1.3</a>
 */
public record InclusionProof(long index, long size, List<Hash> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Whether it proves that the leaf with this hash is in the tree with this root: RFC 9162, 2.1.3.2. */
    public boolean proves(Hash leaf, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = Hash.node(sibling, hash);
                int shift = Long.numberOfTrailingZeros(node);
                node >>= shift;
                last >>= shift;
            } else {
                hash = Hash.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** The hashes in it that are of what is before the leaf: if it proves one, they are the {@link Frontier#edge} there. */
    public List<Hash> before() {
        List<Hash> before = new ArrayList<>();
        long node = index;
        long last = size - 1;
        for (Hash sibling : path) {
            if ((node & 1) == 1 || node == last) {
                before.add(sibling);
                int shift = Long.numberOfTrailingZeros(node);
                node >>= shift;
                last >>= shift;
            }
            node >>= 1;
            last >>= 1;
        }
        return before.reversed();
    }
}
