package org.carelog.local.supervisor;

import java.time.Duration;
import java.util.List;

/** After which pauses a part that dies is started again: always, since whoever needs it can do nothing without it. */
final class Restarts {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));

    /** Whoever lived so long starts with a clean sheet. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private int inARow;

    /**
     * The pause before the next start.
     *
     * @param lived how long it ran this time
     */
    Duration afterDeath(Duration lived) {
        if (lived.compareTo(LONG) >= 0) {
            inARow = 0;
        }
        return PAUSES.get(Math.min(inARow++, PAUSES.size() - 1));
    }
}
