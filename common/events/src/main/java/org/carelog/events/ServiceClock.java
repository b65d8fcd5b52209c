package org.carelog.events;

import java.time.Duration;
import java.time.Instant;

/**
 * What the service takes for the time: of a version, of a request, of a search for what was before now. That of the machine,
 * unless a test has it be wrong. Thread-safe.
 */
public final class ServiceClock {
    private static volatile Duration shift = Duration.ZERO;

    private ServiceClock() {}

    public static Instant now() {
        return Instant.now().plus(shift);
    }

    static void shift(Duration wrong) {
        shift = wrong;
    }
}
