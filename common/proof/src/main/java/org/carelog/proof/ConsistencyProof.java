package org.carelog.proof;

import java.util.List;

/**
 * That a tree begins with a smaller one: nothing was changed, removed or put in between.
 *
 * @param path empty if the smaller one is empty, or the same
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9162.html#section-2.1.4">RFC 9162, 2.1.4</a>
 */
public record ConsistencyProof(long oldSize, long newSize, List<Hash> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
    }

    /** Whether it proves that of the trees with these roots: RFC 9162, 2.1.4.2. */
    public boolean proves(Hash oldRoot, Hash newRoot) {
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(Hash.OF_NOTHING);
        }
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        if (oldSize < 0 || oldSize > newSize || path.isEmpty()) {
            return false;
        }
        boolean oldIsSubtree = Long.bitCount(oldSize) == 1;
        int level = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >> level;
        long last = (newSize - 1) >> level;
        Hash first = oldIsSubtree ? oldRoot : path.getFirst();
        Hash oldHash = first;
        Hash newHash = first;
        for (Hash sibling : oldIsSubtree ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                oldHash = Hash.node(sibling, oldHash);
                newHash = Hash.node(sibling, newHash);
                int shift = Long.numberOfTrailingZeros(node);
                node >>= shift;
                last >>= shift;
            } else {
                newHash = Hash.node(newHash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && oldHash.equals(oldRoot) && newHash.equals(newRoot);
    }
}
