package org.carelog.audit.check;

import org.carelog.proof.Hash;

/** The hash of a leaf, by its bytes or, if these are gone, by the tree. */
record LeafHash(long index, Hash hash) {}
