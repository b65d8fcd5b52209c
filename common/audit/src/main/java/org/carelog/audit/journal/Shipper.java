package org.carelog.audit.journal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carelog.sql.OwnConnections;
import org.carelog.sql.SessionLock;
import org.jboss.logging.Logger;

/**
 * Carries the sealed sequence to the topic: one owner per database, by a lock that goes with its connection; entries in
 * order; the mark moves after the acknowledgements. A broker that is down is only waited for.
 */
@Singleton
final class Shipper {
    private static final Logger LOG = Logger.getLogger(Shipper.class);
    /** One owner at a time in a database; held by the session. */
    private static final long SHIP_LOCK = 0x6361_7265_6c6f_6702L;
    /** Before the next attempt after a failure, and between a standby's looks at the lock. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A database that says nothing for so long is as good as gone, and the lock with it. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    private final JournalConfig config;
    private final OwnConnections connections;
    private final Shipments shipments;
    private final AccessTopic topic;
    private final ShipperCall call;
    private final JournalMetrics metrics;
    private final Thread thread = Thread.ofPlatform().name("audit-shipper").unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean failing;

    Shipper(
            JournalConfig config,
            OwnConnections connections,
            Shipments shipments,
            AccessTopic topic,
            ShipperCall call,
            JournalMetrics metrics) {
        this.config = config;
        this.connections = connections;
        this.shipments = shipments;
        this.topic = topic;
        this.call = call;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    private void run() {
        try {
            do {
                try {
                    shipAsOwner();
                } catch (SQLException | RuntimeException | Error e) {
                    // whatever it is, a shipper that is gone ships nothing ever after
                    failed(e);
                }
            } while (!stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            // stopping; what was not acknowledged is sent again by the next owner
        } finally {
            topic.discard();
        }
    }

    private void shipAsOwner() throws SQLException, InterruptedException {
        try (Connection connection = connections.open("carelog-shipper", LONGEST_SILENCE)) {
            if (SessionLock.tryLock(connection, SHIP_LOCK)) {
                prepare(connection);
                while (stopped.getCount() > 0) {
                    if (!ship(connection)) {
                        call.await(config.pollInterval());
                        // Entries are cheap together: database, topic and reader do as much for each alone.
                        stopped.await(config.shipDelay().toNanos(), TimeUnit.NANOSECONDS);
                    }
                }
            }
        }
    }

    /** Sends what is next; false: that was all, or there was nothing. */
    private boolean ship(Connection connection) throws SQLException, InterruptedException {
        Shipments.Shipment shipment = shipments.next(connection);
        metrics.unshipped(shipment.unshipped());
        if (!shipment.intact() && metrics.isChainIntact()) {
            LOG.errorf("audit chain broken before seq=%d: entries are not what was sealed", shipment.nextSeq());
            metrics.chainBroken();
        }
        if (shipment.unshipped() == 0) {
            return false;
        }
        topic.send(shipment.entries());
        shipments.shipped(connection, shipment.nextSeq());
        metrics.unshipped(shipment.unshipped() - shipment.entries().size());
        metrics.shipped(shipment.entries().size());
        if (failing) {
            LOG.info("audit entries are shipped again");
            failing = false;
        }
        return shipment.unshipped() > shipment.entries().size();
    }

    private void failed(Throwable failure) {
        topic.discard();
        if (!failing && stopped.getCount() > 0) {
            LOG.warnf(
                    "audit entries are not shipped failure=%s; they are kept, and sent when it works again",
                    failure.getClass().getName());
            failing = true;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // What a mark lost with the database says is sent again, and known to the reader by its number.
            statement.execute("set synchronous_commit = off");
            // The server ends the session, and with it the lock, of a process that stands still.
            statement.execute("set idle_session_timeout = '30s'");
        }
    }

    /** Before the journal stops. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event)
            throws InterruptedException {
        stop();
    }

    void stop() throws InterruptedException {
        stopped.countDown();
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(PAUSE.multipliedBy(5));
        }
    }
}
