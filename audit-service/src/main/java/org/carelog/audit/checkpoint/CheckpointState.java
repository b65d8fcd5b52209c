package org.carelog.audit.checkpoint;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How far the ledger is signed and published, and whether it was ever not what was signed. Thread-safe. */
@Singleton
final class CheckpointState {
    private final AtomicLong size = new AtomicLong();
    private final AtomicInteger intact = new AtomicInteger(1);

    private final AtomicLong witnessed = new AtomicLong();

    CheckpointState(MeterRegistry registry) {
        registry.gauge("carelog.checkpoint.size", size);
        registry.gauge("carelog.checkpoint.intact", intact);
        registry.gauge("carelog.checkpoint.witnessed", witnessed);
    }

    void published(long leaves) {
        size.set(leaves);
    }

    long size() {
        return size.get();
    }

    void witnessed(long leaves) {
        witnessed.set(leaves);
    }

    long witnessedSize() {
        return witnessed.get();
    }

    /** @return whether that is news */
    boolean broken() {
        return intact.getAndSet(0) == 1;
    }

    boolean isIntact() {
        return intact.get() == 1;
    }
}
