package org.carelog.events;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Pauses that double, from 50 ms to 5 s. For one thread. */
final class Backoff {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final BooleanSupplier stopping;
    private Duration next = Duration.ofMillis(50);

    Backoff(BooleanSupplier stopping) {
        this.stopping = stopping;
    }

    /** @throws IllegalStateException the service stops */
    void pause() {
        long until = System.nanoTime() + next.toNanos();
        try {
            for (long left = next.toNanos(); left > 0; left = until - System.nanoTime()) {
                if (stopping.getAsBoolean()) {
                    throw new IllegalStateException("The service stops");
                }
                Thread.sleep(Duration.ofNanos(Math.min(left, 100_000_000)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service stops");
        }
        next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
    }
}
