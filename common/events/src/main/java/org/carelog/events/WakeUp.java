package org.carelog.events;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the relay that there may be something to do. A call that comes while the relay is working is not lost: its next
 * wait ends at once. Thread-safe.
 */
@Singleton
final class WakeUp {
    private final Semaphore calls = new Semaphore(0);

    void call() {
        // More than one waiting call says nothing more, and bounds the count.
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    /** Until a call, or the time is over; calls before now count. */
    void await(Duration atMost) throws InterruptedException {
        if (calls.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            calls.drainPermits();
        }
    }
}
