package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.sql.Sql;

/** Lets transactions that hang on the same condition run one after the other. Thread-safe. */
@ApplicationScoped
public class ConditionLock {
    private final Sql sql;

    ConditionLock(Sql sql) {
        this.sql = sql;
    }

    /** Waits for the transactions with the same condition that came before; the caller's then holds it to its end. */
    public void await(String condition) {
        sql.first("select pg_advisory_xact_lock(hashtextextended(?, 0)), 1", row -> 1, condition);
    }
}
