package org.carelog.events;

import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collection;
import org.carelog.sql.Batch;
import org.carelog.sql.Columns;

/**
 * The set of committed versions that are not yet known to be on the topic. A version is put in by the very transaction
 * that writes it, so it is published if and only if that transaction commits. Thread-safe.
 */
@Singleton
public final class Outbox {
    private final TransactionSynchronizationRegistry transactions;
    private final WakeUp wakeUp;

    Outbox(TransactionSynchronizationRegistry transactions, WakeUp wakeUp) {
        this.transactions = transactions;
        this.wakeUp = wakeUp;
    }

    /**
     * A version that is to be published.
     *
     * @param patientId the patient in whose compartment it is; null: none
     */
    public record Entry(String type, String id, long version, Change change, String patientId) {
        private String key() {
            return MessageKey.of(type, id, patientId);
        }
    }

    /**
     * Adds versions, in the caller's transaction and in this order, when the batch is run. To be run while that holds the
     * locks of the resources' heads: the place in the order is drawn here, and drawn before a lock, two writers could be
     * published out of order. Their events are of the trace that is the current one now. The batch fails when a version is
     * added a second time.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void add(Batch batch, Collection<Entry> versions) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("A version is published by the transaction that writes it; there is none");
        }
        if (versions.isEmpty()) {
            return;
        }
        batch.add(
                """
                insert into pending_publication
                    (resource_type, resource_id, version_id, change, message_key, traceparent)
                select type, id, version, change, key, ?
                from unnest(?, ?, ?::bigint[], ?, ?) with ordinality as v (type, id, version, change, key, place)
                order by place
                """,
                TraceContext.parent(),
                Columns.strings(versions, Entry::type),
                Columns.strings(versions, Entry::id),
                Columns.longs(versions, Entry::version),
                Columns.strings(versions, entry -> entry.change().word()),
                Columns.strings(versions, Entry::key));
        if (transactions.getResource(WakeUp.class) == null) {
            transactions.putResource(WakeUp.class, true);
            transactions.registerInterposedSynchronization(new WakeUpAfterCommit(wakeUp));
        }
    }

    private record WakeUpAfterCommit(WakeUp wakeUp) implements Synchronization {
        @Override
        public void beforeCompletion() {
            Failpoint.BEFORE_COMMIT.reached();
        }

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                Failpoint.AFTER_COMMIT.reached();
                wakeUp.call();
            }
        }
    }
}
