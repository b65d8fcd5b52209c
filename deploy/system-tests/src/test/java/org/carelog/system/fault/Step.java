package org.carelog.system.fault;

import java.time.Duration;
import java.util.Locale;
import org.carelog.system.workload.Tally;

/**
 * What a blow did.
 *
 * @param back until the part was ready again
 * @param served until both services had acknowledged writes again
 * @param requests from the blow until then
 */
record Step(Blow blow, Duration back, Duration served, Tally requests) {

    static final String HEAD =
            "%-24s %8s %8s   %8s %8s %8s".formatted("blow", "back s", "served s", "done", "refused", "open");

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-24s %8.1f %8.1f   %8d %8d %8d",
                blow,
                back.toMillis() / 1000.0,
                served.toMillis() / 1000.0,
                requests.acknowledged(),
                requests.refused(),
                requests.open());
    }
}
