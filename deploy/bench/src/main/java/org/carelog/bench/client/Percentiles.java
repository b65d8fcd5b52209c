package org.carelog.bench.client;

import java.util.Arrays;
import java.util.Locale;

/** Latencies in nanoseconds, collected from many threads. */
public final class Percentiles {

    private long[] values = new long[1024];
    private int count;
    private boolean sorted;

    public synchronized void add(long nanos) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = Math.max(0, nanos);
        sorted = false;
    }

    /** Those of all together. */
    static Percentiles of(Iterable<Percentiles> parts) {
        Percentiles all = new Percentiles();
        for (Percentiles part : parts) {
            synchronized (part) {
                for (int i = 0; i < part.count; i++) {
                    all.add(part.values[i]);
                }
            }
        }
        return all;
    }

    /** Nearest rank: the smallest value that at least that share is not above, in milliseconds. 0 when there is none. */
    public synchronized double millis(double share) {
        if (count == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(values, 0, count);
            sorted = true;
        }
        return values[Math.max(0, (int) Math.ceil(share * count) - 1)] / 1e6;
    }

    /** {@code n=6000  p50 3.1 ms  p90 …  p99 …  max …} */
    public synchronized String summary() {
        if (count == 0) {
            return "n=0";
        }
        return String.format(
                Locale.ROOT,
                "n=%-6d p50 %7.1f ms   p90 %7.1f ms   p99 %7.1f ms   max %7.1f ms",
                count,
                millis(0.50),
                millis(0.90),
                millis(0.99),
                millis(1));
    }
}
