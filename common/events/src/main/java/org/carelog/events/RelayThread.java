package org.carelog.events;

import java.sql.SQLException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** A thread that does its work whenever no other process does, and begins anew after whatever failure. */
final class RelayThread implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RelayThread.class);

    private final Duration retryInterval;
    private final WakeUp wakeUp;
    private final Work work;
    private final Thread thread;
    private volatile boolean stopped;

    RelayThread(String name, Duration retryInterval, WakeUp wakeUp, Work work) {
        this.retryInterval = retryInterval;
        this.wakeUp = wakeUp;
        this.work = work;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    /** Returns when it is stopped, or another process is the owner. */
    interface Work {
        void whileOwner() throws SQLException, InterruptedException, PublisherBroken;
    }

    void start() {
        thread.start();
    }

    boolean stopped() {
        return stopped;
    }

    private void run() {
        while (!stopped) {
            try {
                work.whileOwner();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException e) {
                LOG.warnf(
                        "%s: the database cannot be read, SQLSTATE %s: trying again",
                        thread.getName(), e.getSQLState());
            } catch (PublisherBroken | KafkaException e) {
                LOG.warnf("%s: Kafka cannot be written to, %s: trying again", thread.getName(), e);
            } catch (RuntimeException | Error e) {
                // Whatever it is, a relay that is gone publishes nothing ever after. The message may quote content.
                LOG.errorf(
                        "%s failed, %s: trying again",
                        thread.getName(), e.getClass().getName());
            }
            try {
                pause(retryInterval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits, and no longer than until it is stopped. */
    void pause(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        for (long left = until - System.nanoTime(); left > 0 && !stopped; left = until - System.nanoTime()) {
            wakeUp.await(Duration.ofNanos(left));
        }
    }

    /** Stops and waits, a few seconds at most; what is not yet acknowledged stays in the table. */
    @Override
    public void close() {
        stopped = true;
        wakeUp.call();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
