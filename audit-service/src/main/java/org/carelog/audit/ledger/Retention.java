package org.carelog.audit.ledger;

import java.time.Instant;

/**
 * A retention run: from then on, what is older may be gone. It is a leaf itself, so who takes more away, or without a run, is found.
 *
 * @param firstLeaf the index of the first leaf that stays
 * @param before the beginning of the first month that stays
 * @param eventsBefore AuditEvents that were made earlier are of entries that go
 * @param subject whose run it is
 * @param client through which it came
 */
public record Retention(long firstLeaf, Instant before, Instant eventsBefore, String subject, String client) {
    /** Leaves have a source; the run is nobody's but the ledger's. */
    static final String SOURCE = "ledger";
}
