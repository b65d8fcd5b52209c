package org.carelog.records.reconciliation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.sql.Sql;

/** The comparisons of history and journal, as who asks for one sees them. Thread-safe. */
@Singleton
public class Reconciliations {
    private final Sql sql;
    private final HostedTypes types;
    private final Semaphore calls = new Semaphore(0);
    private volatile Reconciliation last;

    public Reconciliations(Sql sql, HostedTypes types) {
        this.sql = sql;
        this.types = types;
    }

    /** The types of which this service writes the history; none: there is nothing to compare. */
    String[] owned() {
        return types.all().stream()
                .filter(HostedType::isWritten)
                .map(HostedType::name)
                .toArray(String[]::new);
    }

    /** Whether there is anything to compare in this service. */
    public boolean isPossible() {
        return owned().length > 0;
    }

    /**
     * Lets one begin as soon as none goes on. It is done by itself, by some replica.
     *
     * @return its number
     */
    public long ask(boolean full) {
        long run = QuarkusTransaction.requiringNew()
                .call(() -> sql.first("""
                        update reconciliation set wanted_run = run + 1, wanted_full = wanted_full or ?
                        returning wanted_run
                        """, row -> row.getLong(1), full).orElseThrow());
        calls.release();
        return run;
    }

    /** As the table has it now. */
    public Reconciliation current() {
        last = sql.first("""
                        select run, wanted_run, is_full, begun_at, finished_at, first_seq, next_seq, versions,
                            differences, differing
                        from reconciliation
                        """, Reconciliations::reconciliation).orElseThrow();
        return last;
    }

    /** As this replica saw it some seconds ago; empty: it has not looked yet. */
    Optional<Reconciliation> last() {
        return Optional.ofNullable(last);
    }

    /** Until somebody asks this replica for one, or the time is over. */
    void awaitCall(Duration atMost) throws InterruptedException {
        if (calls.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            calls.drainPermits();
        }
    }

    private static Reconciliation reconciliation(ResultSet row) throws SQLException {
        return new Reconciliation(
                row.getLong(1),
                row.getLong(2),
                row.getBoolean(3),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                Arrays.asList((String[]) row.getArray(10).getArray()));
    }
}
