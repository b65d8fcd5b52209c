package org.carelog.records.reindex;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.carelog.fhir.search.Fingerprint;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.records.index.ReadyParameters;
import org.carelog.records.index.ReadyParameters.Pending;
import org.carelog.records.index.SearchSettings;
import org.carelog.sql.OwnConnections;
import org.carelog.sql.SqlFailure;
import org.jboss.logging.Logger;

/**
 * Brings what is stored up to the search parameters of this version of the service, beside live traffic, and tells which of them
 * answer. On a thread of its own.
 */
@Singleton
final class Reindexer {
    private static final Logger LOG = Logger.getLogger(Reindexer.class);

    /** Between two looks at the table, and before the next attempt after a failure. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A database that says nothing for so long is as good as gone, and the lock with it. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

    /** Made on our thread, if nobody has needed it yet: a start does not wait for it. */
    private final Instance<SearchableTypes> types;

    private final OwnConnections connections;
    private final IndexWalk walk;
    private final ReadyParameters ready;
    private final int rate;
    private final Thread thread =
            Thread.ofPlatform().name("carelog-reindexer").daemon().unstarted(this::run);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Reindexer(
            Instance<SearchableTypes> types,
            OwnConnections connections,
            IndexWalk walk,
            ReadyParameters ready,
            SearchSettings settings,
            MeterRegistry meters) {
        this.types = types;
        this.connections = connections;
        this.walk = walk;
        this.ready = ready;
        this.rate = Math.max(1, settings.reindexRate());
        Gauge.builder("carelog.search.unindexed", ready, Reindexer::unindexed)
                .description("Resources that are yet to be indexed by search parameters that are new or changed")
                .register(meters);
    }

    private static long unindexed(ReadyParameters ready) {
        return ready.pending().values().stream()
                .mapToLong(type -> type.total() - type.done())
                .sum();
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    private void run() {
        try {
            do {
                try {
                    workByRules();
                } catch (SQLException e) {
                    warn(e.getSQLState());
                } catch (SqlFailure e) {
                    warn(e.sqlState());
                } catch (RuntimeException | Error e) {
                    // Whatever it is, a parameter that is never indexed never answers. The message may quote content.
                    LOG.errorf(
                            "Indexing anew failed, %s: trying again",
                            e.getClass().getName());
                }
            } while (!stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            // stopping; the next instance goes on from the last step
        }
    }

    private static void warn(String sqlState) {
        LOG.warnf("The search index cannot be looked after, SQLSTATE %s: trying again", sqlState);
    }

    private void workByRules() throws SQLException, InterruptedException {
        Map<String, Map<String, String>> rules = Fingerprint.of(types.get());
        try (IndexedTypes table = new IndexedTypes(connections.open("carelog-reindexer", LONGEST_SILENCE), rules)) {
            Duration rest = Duration.ZERO;
            boolean waited = false;
            while (!stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                Map<String, Pending> pending = table.pending();
                ready.tell(pending);
                boolean waits = !pending.isEmpty() && table.areOthersHere();
                if (waits && !waited) {
                    LOG.infof("Indexing anew waits for instances of another version to end types=%s", pending.keySet());
                }
                waited = waits;
                rest = pending.isEmpty() || waits ? PAUSE : step(pending, rules);
            }
        }
    }

    /** Of the first type that has one; so long is to be waited then. */
    private Duration step(Map<String, Pending> pending, Map<String, Map<String, String>> rules) {
        for (Map.Entry<String, Pending> type : pending.entrySet()) {
            long begin = System.nanoTime();
            String ofType = IndexedTypes.json(rules.get(type.getKey()));
            switch (step(type.getKey(), ofType)) {
                case IndexWalk.Step.None() -> {
                    continue;
                }
                case IndexWalk.Step.Begun(long resources) ->
                    LOG.infof(
                            "%d resources are indexed anew type=%s parameters=%s",
                            resources, type.getKey(), type.getValue().parameters());
                case IndexWalk.Step.Finished() -> LOG.infof("All resources are indexed anew type=%s", type.getKey());
                case IndexWalk.Step.Indexed(int resources) -> {
                    Duration due = Duration.ofSeconds(resources).dividedBy(rate);
                    return due.minusNanos(System.nanoTime() - begin);
                }
            }
            return Duration.ZERO;
        }
        return PAUSE;
    }

    private IndexWalk.Step step(String type, String rules) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> walk.step(type, rules));
        } catch (SqlFailure e) {
            if (e.isCancelled() || e.isRetryable()) {
                return new IndexWalk.Step.None();
            }
            throw e;
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread.isAlive()) {
            thread.join(PAUSE.multipliedBy(5));
        }
    }
}
