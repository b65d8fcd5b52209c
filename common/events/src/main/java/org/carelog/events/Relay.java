package org.carelog.events;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Publishes the pending set, on a thread of its own, whenever no other relay of this database does. It may be killed at
 * any point: what was sent and not yet deleted is sent again, with the same id and in the same order.
 */
final class Relay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(2);

    private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    private final Connections connections;
    private final Publishers publishers;
    private final PublishedContent history;
    private final String source;
    private final OutboxConfig config;
    private final WakeUp wakeUp;
    private final AtomicLong published = new AtomicLong();
    private final RelayThread thread;
    private volatile Optional<Report> report = Optional.empty();

    Relay(
            Connections connections,
            Publishers publishers,
            PublishedContent history,
            String source,
            OutboxConfig config,
            WakeUp wakeUp) {
        this.connections = connections;
        this.publishers = publishers;
        this.history = history;
        this.source = source;
        this.config = config;
        this.wakeUp = wakeUp;
        this.thread = new RelayThread("carelog-relay", config.retryInterval(), wakeUp, this::workWhileOwner);
    }

    void start() {
        thread.start();
    }

    /** What the owner last saw, able to publish or not; empty while another relay is the owner, or the database is away. */
    Optional<Report> report() {
        return report;
    }

    /** Events published by this relay since it started. */
    long published() {
        return published.get();
    }

    private void workWhileOwner() throws SQLException, InterruptedException, PublisherBroken {
        try (PendingSet pending = PendingSet.own(connections.open())) {
            if (pending == null) {
                report = Optional.empty();
                return;
            }
            // before there is anything to publish with: what waits because there is nothing is told, too
            report = Optional.of(
                    new Report(pending.backlog(), report.map(Report::heldKeys).orElse(0)));
            try (Publication publication = new Publication(
                    pending, history, publishers, source, config.retryInterval(), config.holdInterval())) {
                LOG.info("This process publishes the outbox");
                long reportAt = System.nanoTime();
                while (!thread.stopped()) {
                    published.addAndGet(publication.step());
                    if (System.nanoTime() - reportAt >= 0) {
                        report = Optional.of(new Report(pending.backlog(), publication.heldKeys()));
                        reportAt = System.nanoTime() + REPORT_INTERVAL.toNanos();
                    }
                    wakeUp.await(publication.rest(config.pollInterval()));
                }
                published.addAndGet(publication.finish(wakeUp, LAST_ANSWERS));
            }
            report = Optional.empty();
        } catch (SQLException e) {
            report = Optional.empty();
            throw e;
        }
    }

    /** Stops and waits, a few seconds at most; what is not yet acknowledged stays in the table. */
    @Override
    public void close() {
        thread.close();
    }

    /** A connection of the relay's own to the service's database, in auto-commit mode. */
    interface Connections {
        Connection open() throws SQLException;
    }

    /** A producer of the relay's own. */
    interface Publishers {
        Publisher open();
    }

    /** @param heldKeys keys of which an event could not be published, while the others go on */
    record Report(PendingSet.Backlog backlog, int heldKeys) {}
}
