package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;

/** The service's own durable record of every access to it, written before the access is answered. Thread-safe. */
@Singleton
public final class Journal {
    private final Sql sql;
    private final TransactionSynchronizationRegistry transactions;

    Journal(Sql sql, TransactionSynchronizationRegistry transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    /**
     * Returns when the entry is durable, in a commit that does not depend on any transaction of the caller.
     *
     * @throws JournalUnavailable when it may not be: nothing of the record may be answered
     */
    public void record(Access access) {
        append(access);
    }

    /**
     * Adds the entry to the caller's transaction: it becomes durable when that commits, and never was when that rolls
     * back.
     *
     * @throws IllegalStateException outside a transaction
     * @throws JournalUnavailable when the entry cannot be written; the transaction cannot be committed any more
     */
    public void recordInTransaction(Access access) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("A write is recorded by its own transaction; there is none");
        }
        append(access);
    }

    private void append(Access access) {
        try {
            sql.update("""
                    with entry as (
                        insert into audit_entry (entry) values (?) returning entry_no)
                    insert into audit_unsealed (entry_no) select entry_no from entry
                    """, (Object) AccessJson.encode(access));
        } catch (SqlFailure e) {
            throw new JournalUnavailable("The audit journal cannot be written", e);
        }
    }
}
