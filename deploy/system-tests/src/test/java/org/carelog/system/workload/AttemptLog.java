package org.carelog.system.workload;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.carelog.system.history.Asked;
import org.carelog.system.history.Attempt;

/** Every request of a run. Thread-safe. */
public final class AttemptLog {
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> writes = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong open = new AtomicLong();

    void add(Attempt attempt) {
        attempts.add(attempt);
        if (attempt.isAcknowledged()) {
            acknowledged.incrementAndGet();
            if (attempt.asked() instanceof Asked.Write) {
                counter(attempt.service()).incrementAndGet();
            }
        } else {
            (attempt.isRefused() ? refused : open).incrementAndGet();
        }
    }

    private AtomicLong counter(String service) {
        return writes.computeIfAbsent(service, s -> new AtomicLong());
    }

    /** The writes that the service has acknowledged so far. */
    public long writes(String service) {
        return counter(service).get();
    }

    public Tally tally() {
        return new Tally(acknowledged.get(), refused.get(), open.get());
    }

    public List<Attempt> all() {
        return List.copyOf(attempts);
    }
}
