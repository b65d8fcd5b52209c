package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;

/** The service's own durable record of every access to it, written before the access is answered. Thread-safe. */
@Singleton
public final class Journal {
    private final JournalConfig config;
    private final GroupCommit groupCommit;
    private final JournalMetrics metrics;
    private final Sql sql;
    private final TransactionSynchronizationRegistry transactions;

    Journal(
            JournalConfig config,
            GroupCommit groupCommit,
            JournalMetrics metrics,
            Sql sql,
            TransactionSynchronizationRegistry transactions) {
        this.config = config;
        this.groupCommit = groupCommit;
        this.metrics = metrics;
        this.sql = sql;
        this.transactions = transactions;
    }

    /**
     * Returns when the entry is durable, in a commit that does not depend on any transaction of the caller.
     *
     * @throws JournalUnavailable when it may not be: nothing of the record may be answered
     */
    public void record(Access access) {
        PendingEntry entry = new PendingEntry(AccessJson.encode(access));
        try {
            if (!groupCommit.offer(entry)) {
                throw new JournalUnavailable("Too many audit entries wait to be written");
            }
            entry.await(config.recordTimeout());
        } catch (JournalUnavailable e) {
            metrics.refused();
            throw e;
        }
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
        try {
            sql.update("""
                    with written as (
                        insert into audit_entry (entry) values (?) returning entry_no)
                    insert into audit_unsealed (entry_no) select entry_no from written
                    """, (Object) AccessJson.encode(access));
        } catch (SqlFailure e) {
            metrics.refused();
            throw new JournalUnavailable("The audit entry could not be written", e);
        }
        if (transactions.getResource(Journal.class) == null) {
            transactions.putResource(Journal.class, true);
            transactions.registerInterposedSynchronization(new SealAfterCommit(groupCommit));
        }
    }

    private record SealAfterCommit(GroupCommit groupCommit) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                groupCommit.callForSeal();
            }
        }
    }
}
