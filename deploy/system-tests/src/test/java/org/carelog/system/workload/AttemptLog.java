package org.carelog.system.workload;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.carelog.system.history.Asked;
import org.carelog.system.history.Attempt;

/** Every request of a run. Thread-safe. */
public final class AttemptLog {
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong open = new AtomicLong();

    void add(Attempt attempt) {
        attempts.add(attempt);
        if (attempt.isAcknowledged()) {
            acknowledged.incrementAndGet();
            if (attempt.asked() instanceof Asked.Write) {
                writes.incrementAndGet();
            }
        } else {
            (attempt.isRefused() ? refused : open).incrementAndGet();
        }
    }

    /** The writes that were acknowledged so far. */
    public long writes() {
        return writes.get();
    }

    public Tally tally() {
        return new Tally(acknowledged.get(), refused.get(), open.get());
    }

    public List<Attempt> all() {
        return List.copyOf(attempts);
    }
}
