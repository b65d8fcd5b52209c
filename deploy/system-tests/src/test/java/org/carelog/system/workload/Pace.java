package org.carelog.system.workload;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** So many requests a second, of all threads together. Thread-safe. */
public final class Pace {
    private final long interval;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    public Pace(int perSecond) {
        this.interval = 1_000_000_000L / perSecond;
    }

    /** Waits for the caller's turn. What was missed while everything hung is not made up for. */
    public void await() {
        long now = System.nanoTime();
        long turn = next.updateAndGet(before -> Math.max(before + interval, now));
        for (long left = turn - now; left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
