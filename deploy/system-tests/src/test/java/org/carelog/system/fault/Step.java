package org.carelog.system.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.carelog.system.workload.Tally;

/**
 * What happened, and what became of the requests meanwhile.
 *
 * @param took until it was overcome: the part ready again, the way open
 */
record Step(Fault fault, Instant began, Duration took, Tally requests) {

    static final String HEAD = "%-56s %8s   %8s %8s %8s".formatted("fault", "s", "done", "refused", "open");

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-56s %8.1f   %8d %8d %8d",
                fault,
                took.toMillis() / 1000.0,
                requests.acknowledged(),
                requests.refused(),
                requests.open());
    }
}
