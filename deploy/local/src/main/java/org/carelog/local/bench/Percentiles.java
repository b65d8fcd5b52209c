package org.carelog.local.bench;

import java.util.Arrays;
import java.util.Locale;

/** Latencies in nanoseconds, collected from many threads. */
final class Percentiles {

    private long[] values = new long[1024];
    private int count;

    synchronized void add(long nanos) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = Math.max(0, nanos);
    }

    /** {@code n=6000  p50 3.1 ms  p90 …  p99 …  max …} */
    synchronized String summary() {
        if (count == 0) {
            return "n=0";
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "n=%-6d p50 %7.1f ms   p90 %7.1f ms   p99 %7.1f ms   max %7.1f ms",
                count,
                at(sorted, 0.50),
                at(sorted, 0.90),
                at(sorted, 0.99),
                sorted[count - 1] / 1e6);
    }

    /** Nearest rank: the smallest value that at least that share is not above. */
    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }
}
