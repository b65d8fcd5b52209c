package org.carelog.records.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.journal.Journal;
import org.carelog.audit.journal.JournalConfig;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.Operation;
import org.carelog.sql.OwnConnections;
import org.carelog.sql.SessionLock;
import org.jboss.logging.Logger;

/**
 * Compares history and journal now and then, and when it is asked for: one replica at a time, by a lock of the connection that
 * does the work. How it ended is an entry of the journal itself. On a thread of its own.
 */
@Singleton
final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    /** One statement looks at all rows of the journal. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(15);
    /** Any number, the same for every replica of every service; the lock is the database's own. */
    private static final long LOCK = 0x6361_7265_6c6f_6703L;

    private final ReconciliationConfig config;
    private final JournalConfig journalConfig;
    private final Journal journal;
    private final OwnConnections connections;
    private final Reconciliations reconciliations;
    private final Thread thread =
            Thread.ofPlatform().name("audit-reconciler").daemon().unstarted(this::run);
    private volatile boolean stopped;

    Reconciler(
            ReconciliationConfig config,
            JournalConfig journalConfig,
            Journal journal,
            OwnConnections connections,
            Reconciliations reconciliations,
            MeterRegistry meters) {
        this.config = config;
        this.journalConfig = journalConfig;
        this.journal = journal;
        this.connections = connections;
        this.reconciliations = reconciliations;
        Gauge.builder("carelog.reconciliation.differences", reconciliations, Reconciler::differences)
                .description("Differences between history and journal that the last comparison found")
                .register(meters);
        Gauge.builder("carelog.reconciliation.age", reconciliations, Reconciler::age)
                .baseUnit("seconds")
                .description("Since the end of the last comparison of history and journal")
                .register(meters);
    }

    private static double differences(Reconciliations reconciliations) {
        return reconciliations.last().map(Reconciliation::differences).orElse(0L);
    }

    private static double age(Reconciliations reconciliations) {
        return reconciliations
                .last()
                .map(last -> Duration.between(last.finishedAt(), Instant.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    void start(@Observes StartupEvent event) {
        if (reconciliations.isPossible()) {
            thread.start();
        }
    }

    private void run() {
        try {
            while (!stopped) {
                try {
                    if (isDue(reconciliations.current())) {
                        reconcileAlone();
                    }
                } catch (SQLException | RuntimeException | Error e) {
                    // Whatever it is, a reconciler that is gone finds nothing ever after. The message may quote a
                    // value.
                    LOG.errorf(
                            "history and journal not compared failure=%s",
                            e.getClass().getName());
                }
                reconciliations.awaitCall(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            // stopping; the next one begins where the journal is read to
        }
    }

    private boolean isDue(Reconciliation last) {
        return !last.isFinished()
                || last.wantedRun() > last.run()
                || last.finishedAt().plus(config.interval()).isBefore(Instant.now());
    }

    private void reconcileAlone() throws SQLException, InterruptedException {
        try (Connection connection = connections.open("carelog-reconciler", LONGEST_SILENCE)) {
            if (SessionLock.tryLock(connection, LOCK) && isDue(reconciliations.current())) {
                prepare(connection);
                reconcile(connection);
                reconciliations.current();
            }
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // What is lost with the database is lost with the place up to which the journal was read.
            statement.execute("set synchronous_commit = off");
            // Statistics of a table that has just been filled say that it is empty.
            statement.execute("set enable_seqscan = off");
            // The server ends the session, and with it the lock, of a process that stands still, and of a machine that
            // is gone.
            statement.execute("set idle_session_timeout = '30s'");
            statement.execute("set idle_in_transaction_session_timeout = '30s'");
            statement.execute("set tcp_keepalives_idle = 10");
            statement.execute("set tcp_keepalives_interval = 5");
            statement.execute("set tcp_keepalives_count = 3");
        }
        connection.setAutoCommit(false);
    }

    private void reconcile(Connection connection) throws SQLException, InterruptedException {
        Instant at = Instant.now();
        Progress progress = new Progress(connection);
        Progress.Begun begun = progress.begin();
        if (begun.full()) {
            progress.beginAnew();
        }
        connection.commit();
        JournalReading reading = new JournalReading(connection, progress);
        reading.toTheEnd();
        if (begun.full()) {
            reading.strays();
        }
        HistoryComparison history = new HistoryComparison(connection, reading, reconciliations.owned());
        history.compare();
        long nextSeq = progress.nextSeq();
        long differences = progress.finish(begun.firstSeq(), history.versions(), history.found());
        Differences found = new Differences();
        found.addAll(reading.found());
        found.addAll(history.found());
        String result = "full=%s&first=%d&next=%d&versions=%d&differences=%d"
                .formatted(begun.full(), begun.firstSeq(), nextSeq, history.versions(), differences);
        record(at, differences == 0, result, found.versions());
        connection.commit();
        tell(result, differences, found);
    }

    /** As if the service had asked itself; 409 says that the two contradict each other. */
    private void record(Instant at, boolean same, String result, List<Entity> different) {
        journal.record(new AccessBuilder()
                .id(UUID.randomUUID())
                .at(at)
                .interaction(Interaction.OPERATION.code())
                .method("POST")
                .agent(new Agent("", "", journalConfig.source(), List.of()))
                .status(same ? 200 : 409)
                .entities(different)
                .query(result)
                .operation(Operation.RECONCILIATION.code())
                .build());
    }

    private static void tell(String result, long differences, Differences found) {
        String told = result.replace('&', ' ');
        if (differences == 0) {
            LOG.infof("history and journal compared %s", told);
        } else {
            LOG.errorf("history and journal differ %s: %s", told, String.join("; ", found.named()));
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(BETWEEN_LOOKS);
        }
    }
}
