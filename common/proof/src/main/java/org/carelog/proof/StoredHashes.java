package org.carelog.proof;

import java.util.List;

/** Where the hashes of complete subtrees are kept, leaves (level 0) included. */
@FunctionalInterface
public interface StoredHashes {
    /** The hashes of these, in their order; a proof asks once for all that it needs. */
    List<Hash> get(List<Subtree> subtrees);
}
