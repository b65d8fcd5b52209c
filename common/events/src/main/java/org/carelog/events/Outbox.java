package org.carelog.events;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.carelog.sql.Sql;

/**
 * The set of committed versions that are not yet known to be on the topic. A version is put in by the very transaction
 * that writes it, so it is published if and only if that transaction commits. Thread-safe.
 */
@Singleton
public final class Outbox {
    private final Sql sql;
    private final TransactionSynchronizationRegistry transactions;
    private final WakeUp wakeUp;

    Outbox(Sql sql, TransactionSynchronizationRegistry transactions, WakeUp wakeUp) {
        this.sql = sql;
        this.transactions = transactions;
        this.wakeUp = wakeUp;
    }

    /**
     * Adds a version, in the caller's transaction. To be called while that holds the lock of the resource's head: the
     * place in the order is drawn here, and drawn before the lock, two writers could be published out of order.
     *
     * @param patientId the patient in whose compartment the version is; null: none
     * @throws IllegalStateException outside a transaction
     * @throws org.carelog.sql.SqlFailure when the row cannot be written, a second time for one version for instance
     */
    public void add(String type, String id, long version, Change change, String patientId) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("A version is published by the transaction that writes it; there is none");
        }
        sql.update("""
                insert into pending_publication (resource_type, resource_id, version_id, change, message_key)
                values (?, ?, ?, ?, ?)
                """, type, id, version, change.word(), MessageKey.of(type, id, patientId));
        if (transactions.getResource(WakeUp.class) == null) {
            transactions.putResource(WakeUp.class, true);
            transactions.registerInterposedSynchronization(new WakeUpAfterCommit(wakeUp));
        }
    }

    private record WakeUpAfterCommit(WakeUp wakeUp) implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                wakeUp.call();
            }
        }
    }
}
