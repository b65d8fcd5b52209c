package org.carelog.audit.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.carelog.sql.Sql;

/**
 * What time it is in the ledger, until the transaction ends: that of the transaction, but never one of a month before the newest
 * that there is. Whoever adds to the ledger asks for it first: see {@code ledger_time()} among the migrations.
 *
 * @param since what the newest month has is not earlier, and what other months have is
 */
record LedgerTime(Instant now, Instant since) {

    static LedgerTime of(Sql sql) {
        return sql.first(
                        "select at, since from ledger_time()",
                        row -> new LedgerTime(
                                row.getObject(1, OffsetDateTime.class).toInstant(),
                                row.getObject(2, OffsetDateTime.class).toInstant()))
                .orElseThrow();
    }
}
