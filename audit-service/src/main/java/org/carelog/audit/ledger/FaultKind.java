package org.carelog.audit.ledger;

import java.util.Locale;

/** How an entry can be wrong. */
public enum FaultKind {
    /** Its own hash does not fit its bytes, its number and the hash before it. */
    HASH,
    /** The hash it claims to follow is not that of the entry before it. */
    CHAIN,
    /** Another entry came under its number. */
    CONFLICT,
    /** It is no access that can be shown. */
    UNREADABLE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
