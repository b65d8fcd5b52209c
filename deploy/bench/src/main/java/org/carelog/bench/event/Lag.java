package org.carelog.bench.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carelog.bench.report.Plot;
import org.carelog.bench.report.Plot.Series;

/** How long what was written in each second took to be on Kafka, and in the copy: the longest. Thread-safe. */
final class Lag {

    private final List<Double> onKafka = new ArrayList<>();
    private final List<Double> inCopy = new ArrayList<>();

    /** All in nanoseconds: when it was written, since the beginning, and how long it took since its answer. */
    synchronized void add(long since, long toKafka, long toCopy) {
        int second = (int) TimeUnit.NANOSECONDS.toSeconds(since);
        while (onKafka.size() <= second) {
            onKafka.add(0.0);
            inCopy.add(0.0);
        }
        onKafka.set(second, Math.max(onKafka.get(second), toKafka / 1e6));
        inCopy.set(second, Math.max(inCopy.get(second), toCopy / 1e6));
    }

    /** As SVG, by the second in which it was written. */
    synchronized String plot() {
        return new Plot("From a write's answer, by the second of the write", 0)
                .panel(
                        "ms, the longest of each second",
                        List.of(
                                new Series("on Kafka", "steelblue", List.copyOf(onKafka)),
                                new Series("in the copy", "darkorange", List.copyOf(inCopy))),
                        List.of())
                .svg();
    }
}
