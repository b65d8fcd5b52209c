package org.carelog.audit.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the journal tells of itself. Thread-safe. */
@Singleton
final class JournalMetrics {
    private final Timer commits;
    private final DistributionSummary batches;
    private final Counter refused;
    private final Counter shipped;
    private final AtomicLong unshipped = new AtomicLong();
    private final AtomicInteger intact = new AtomicInteger(1);

    JournalMetrics(MeterRegistry registry) {
        commits = Timer.builder("carelog.audit.commit")
                .description("Commits of the audit journal")
                .register(registry);
        batches = DistributionSummary.builder("carelog.audit.batch")
                .description("Answers that shared a commit of the audit journal")
                .register(registry);
        refused = Counter.builder("carelog.audit.unavailable")
                .description("Answers that became 503 because their audit entry was not durable in time")
                .register(registry);
        shipped = Counter.builder("carelog.audit.shipped")
                .description("Audit entries that the topic has acknowledged")
                .register(registry);
        registry.gauge("carelog.audit.unshipped", unshipped);
        registry.gauge("carelog.audit.chain.intact", intact);
    }

    void committed(int entries, long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
        batches.record(entries);
    }

    void refused() {
        refused.increment();
    }

    void shipped(long entries) {
        shipped.increment(entries);
    }

    /** Sealed entries that are not known to be on the topic. */
    void unshipped(long entries) {
        unshipped.set(entries);
    }

    long unshipped() {
        return unshipped.get();
    }

    /** An entry or a seal is not what was sealed. Stays until the process is started again. */
    void chainBroken() {
        intact.set(0);
    }

    boolean isChainIntact() {
        return intact.get() == 1;
    }
}
