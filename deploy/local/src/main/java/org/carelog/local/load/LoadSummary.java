package org.carelog.local.load;

import java.time.Duration;
import java.util.Locale;

/** What a load did. */
record LoadSummary(long loaded, long refused, Duration took) {

    /** The last line of {@code carelog load}, which scripts read. */
    @Override
    public String toString() {
        double seconds = Math.max(took.toMillis(), 1) / 1000.0;
        return String.format(
                Locale.ROOT,
                "loaded %d resources in %.1f s (%.0f/s), refused %d",
                loaded,
                seconds,
                loaded / seconds,
                refused);
    }
}
