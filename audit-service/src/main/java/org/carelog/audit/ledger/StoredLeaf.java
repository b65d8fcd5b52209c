package org.carelog.audit.ledger;

import java.util.Optional;
import org.carelog.audit.journal.AccessRecorded;

/**
 * A leaf as it is kept.
 *
 * @param access what it is the leaf of; empty: of none, or its row is gone
 */
public record StoredLeaf(long index, Leaf leaf, Optional<AccessRecorded> access) {}
