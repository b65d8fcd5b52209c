package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the shipper that a seal was made; a call while it works ends its next wait at once. Thread-safe. */
@Singleton
final class ShipperCall {
    private final Semaphore calls = new Semaphore(0);

    void call() {
        // more than one waiting call says nothing more
        if (calls.availablePermits() == 0) {
            calls.release();
        }
    }

    void await(Duration atMost) throws InterruptedException {
        if (calls.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            calls.drainPermits();
        }
    }
}
