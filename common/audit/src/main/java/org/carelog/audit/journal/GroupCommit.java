package org.carelog.audit.journal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The one thread of this process that commits entries: everything that came while it was busy shares the next commit.
 * The queue is no store: whoever put an entry in waits for that commit. Thread-safe.
 */
@Singleton
final class GroupCommit {
    private static final Logger LOG = Logger.getLogger(GroupCommit.class);
    /** More callers than this at once are answered that the journal is not available, without waiting. */
    private static final int MOST_WAITING = 8192;
    /** A batch is closed when it holds as much. */
    private static final long MOST_BYTES = 1 << 20;
    /** Stands in the queue for a transaction that has committed an entry of its own. */
    private static final PendingEntry SEAL = new PendingEntry(new byte[0]);

    private final JournalConfig config;
    private final JournalConnection connection;
    private final Sequence sequence;
    private final JournalRoom room;
    private final Recording recording;
    private final JournalMetrics metrics;
    private final ShipperCall shipper;
    private final BlockingQueue<PendingEntry> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean sealWanted = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().name("audit-journal").unstarted(this::run);
    /** Of {@link System#nanoTime}: when entries without a seal are looked for. */
    private long nextSweep = System.nanoTime();

    private volatile boolean stopped;
    private volatile boolean available;

    GroupCommit(
            JournalConfig config,
            JournalConnection connection,
            Sequence sequence,
            JournalRoom room,
            Recording recording,
            JournalMetrics metrics,
            ShipperCall shipper) {
        this.config = config;
        this.connection = connection;
        this.sequence = sequence;
        this.room = room;
        this.recording = recording;
        this.metrics = metrics;
        this.shipper = shipper;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    /** Whether the database took what this process last asked of it. */
    boolean isAvailable() {
        return available;
    }

    /** Puts the entry into the next commit; false: too many are waiting. */
    boolean offer(PendingEntry entry) {
        return !stopped && queue.offer(entry);
    }

    /** A transaction has committed an entry that no seal has yet. Never waits. */
    void callForSeal() {
        if (sealWanted.compareAndSet(false, true) && !queue.offer(SEAL)) {
            // full of entries; it is found by the next look for others'
            sealWanted.set(false);
        }
    }

    private void run() {
        while (!stopped) {
            List<PendingEntry> batch = new ArrayList<>();
            try {
                gather(batch);
                if (!batch.isEmpty()) {
                    commit(batch);
                }
                if (System.nanoTime() - nextSweep >= 0) {
                    sweep();
                }
                available = true;
            } catch (SQLException | RuntimeException | Error e) {
                // whatever it is, a journal that is gone answers nothing ever after
                batch.forEach(entry -> entry.fail("The database did not take the audit entries"));
                giveUp(e);
            } catch (InterruptedException e) {
                batch.forEach(entry -> entry.fail("The service is stopping"));
                return;
            }
        }
    }

    private void commit(List<PendingEntry> batch) throws SQLException {
        long begin = System.nanoTime();
        boolean sealed = sequence.append(
                connection.get(), batch.stream().map(PendingEntry::bytes).toList());
        batch.forEach(PendingEntry::succeed);
        metrics.committed(batch.size(), System.nanoTime() - begin);
        if (sealed) {
            shipper.call();
        }
    }

    /** Seals what writes, and other replicas, have left. */
    private void sweep() throws SQLException {
        sweepWithin(config.pollInterval());
        if (recording.isToTurn()) {
            commit(List.of(new PendingEntry(AccessJson.encode(recording.turning()))));
            recording.turn();
        }
        Sequence.Swept swept = sequence.sweep(connection.get());
        if (swept.sealed()) {
            shipper.call();
        }
        if (swept.more()) {
            sweepWithin(Duration.ZERO);
        }
        room.look(connection.get());
    }

    private void sweepWithin(Duration delay) {
        nextSweep = System.nanoTime() + delay.toNanos();
    }

    /** Waits for entries until it is time to sweep. */
    private void gather(List<PendingEntry> batch) throws InterruptedException {
        long bytes = 0;
        PendingEntry next = queue.poll(nextSweep - System.nanoTime(), TimeUnit.NANOSECONDS);
        while (next != null) {
            take(next, batch);
            bytes += next.bytes().length;
            if (batch.size() >= config.batchSize() || bytes >= MOST_BYTES) {
                return;
            }
            next = batch.isEmpty() ? queue.poll(nextSweep - System.nanoTime(), TimeUnit.NANOSECONDS) : queue.poll();
        }
    }

    private void take(PendingEntry entry, List<PendingEntry> batch) {
        if (entry == SEAL) {
            sealWanted.set(false);
            // seals are cheap together: it waits a moment for company
            nextSweep =
                    Math.min(nextSweep, System.nanoTime() + config.sealDelay().toNanos());
        } else if (!entry.isAbandoned()) {
            batch.add(entry);
        }
    }

    private void giveUp(Throwable failure) {
        if (available) {
            // the driver's text may quote values
            LOG.errorf(
                    "audit journal not available failure=%s sqlstate=%s",
                    failure.getClass().getName(), failure instanceof SQLException sql ? sql.getSQLState() : "none");
        }
        available = false;
        connection.discard();
    }

    /** After everything that may still be answered; later than this, answers are 503. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event)
            throws InterruptedException {
        stop();
    }

    void stop() throws InterruptedException {
        stopped = true;
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(config.recordTimeout());
        }
        queue.forEach(entry -> entry.fail("The service is stopping"));
        connection.discard();
    }
}
