package org.carelog.audit.journal;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Collection;
import org.carelog.events.TraceContext;
import org.carelog.sql.Sql;
import org.carelog.sql.SqlFailure;

/**
 * The service's own durable record of every access to it, written before the access is answered. (While {@link Recording} is stopped,
 * which it cannot be in production, nothing is written.) Thread-safe.
 */
@Singleton
public final class Journal {
    private final JournalConfig config;
    private final GroupCommit groupCommit;
    private final JournalRoom room;
    private final Recording recording;
    private final JournalMetrics metrics;
    private final Sql sql;
    private final TransactionSynchronizationRegistry transactions;

    Journal(
            JournalConfig config,
            GroupCommit groupCommit,
            JournalRoom room,
            Recording recording,
            JournalMetrics metrics,
            Sql sql,
            TransactionSynchronizationRegistry transactions) {
        this.config = config;
        this.groupCommit = groupCommit;
        this.room = room;
        this.recording = recording;
        this.metrics = metrics;
        this.sql = sql;
        this.transactions = transactions;
    }

    /**
     * Whoever begins a request asks this first: what is done for an answer that cannot be given is done for nothing.
     *
     * @throws JournalUnavailable when so much waits to be sent that no more is written
     */
    public void requireRoom() {
        if (room.isFull()) {
            throw JournalUnavailable.full();
        }
    }

    /**
     * Returns when the entry is durable, in a commit that does not depend on any transaction of the caller.
     *
     * @throws JournalUnavailable when it may not be: nothing of the record may be answered
     */
    public void record(Access access) {
        if (recording.isStopped()) {
            return;
        }
        PendingEntry entry = new PendingEntry(AccessJson.encode(access));
        Span span = TraceContext.part("record audit entry");
        try {
            requireRoom();
            if (!groupCommit.offer(entry)) {
                throw new JournalUnavailable("Too many audit entries wait to be written");
            }
            entry.await(config.recordTimeout());
        } catch (JournalUnavailable e) {
            span.setStatus(StatusCode.ERROR);
            metrics.refused();
            throw e;
        } finally {
            span.end();
        }
    }

    /**
     * Adds entries, in this order, to the caller's transaction: they become durable when that commits, and never were when
     * that rolls back.
     *
     * @throws IllegalStateException outside a transaction
     * @throws JournalUnavailable when they cannot be written; the transaction cannot be committed any more
     */
    public void recordInTransaction(Collection<Access> accesses) {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("A write is recorded by its own transaction; there is none");
        }
        if (recording.isStopped()) {
            return;
        }
        requireRoom();
        try {
            sql.update(Sequence.LEAVE_UNSEALED, (Object)
                    accesses.stream().map(AccessJson::encode).toArray(byte[][]::new));
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
