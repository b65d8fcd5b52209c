package org.carelog.validation;

import java.time.Duration;

/**
 * The end of what one validation may take. The validator asks for definitions all the time, and here it hears that it
 * is late: it has no other ear.
 */
final class Deadline {
    private static final ScopedValue<Long> END = ScopedValue.newInstance();

    private Deadline() {}

    /** Thrown through the validator, which knows nothing of it. */
    static final class Missed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Missed() {
            super(null, null, false, false);
        }
    }

    /** Does the work, which may take so long. The validator may take what it hears for a fault of the resource: asked again. */
    static <T> T within(Duration most, ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(END, System.nanoTime() + most.toNanos()).call(() -> {
            T result = work.call();
            check();
            return result;
        });
    }

    static void check() {
        if (END.isBound() && System.nanoTime() - END.get() > 0) {
            throw new Missed();
        }
    }
}
