package org.carelog.bench.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What ended in each second since the clients began, of which the first ones are warm-up. What ends after the last
 * second is left out. Thread-safe.
 */
public final class Timeline {

    private static final class Second {
        private final Percentiles latencies = new Percentiles();
        private long count;
        private long endings;
        private long bytes;
    }

    private final List<Second> seconds;
    private final int warmUp;
    private long total;
    private final Map<String, Long> failures = new TreeMap<>();

    public Timeline(int warmUp, int measured) {
        this.warmUp = warmUp;
        this.seconds = IntStream.range(0, warmUp + measured)
                .mapToObj(_ -> new Second())
                .toList();
    }

    /** @param ended in nanoseconds since the clients began */
    public synchronized void add(long ended, long latency, Ending ending) {
        if (!ending.isDone()) {
            failures.merge(ending.ending(), 1L, Long::sum);
        }
        total += ending.count();
        int at = (int) (ended / 1_000_000_000);
        if (at < seconds.size()) {
            Second second = seconds.get(at);
            second.latencies.add(latency);
            second.count += ending.count();
            second.endings++;
            second.bytes += ending.bytes();
        }
    }

    public int warmUpSeconds() {
        return warmUp;
    }

    /** How much was done in a second, as a mean over those measured. */
    public synchronized double perSecond() {
        return measured().stream().mapToLong(second -> second.count).average().orElse(0);
    }

    /** How much was done from the beginning to the end. */
    public synchronized long total() {
        return total;
    }

    public synchronized long bytesPerAnswer() {
        long endings = measured().stream().mapToLong(second -> second.endings).sum();
        long bytes = measured().stream().mapToLong(second -> second.bytes).sum();
        return endings == 0 ? 0 : bytes / endings;
    }

    /** Of the seconds measured. */
    public synchronized Percentiles latencies() {
        return Percentiles.of(
                measured().stream().map(second -> second.latencies).toList());
    }

    /** What ended otherwise than it should, in the warm-up too, by how. */
    public synchronized Map<String, Long> failures() {
        return new TreeMap<>(failures);
    }

    /** How much was done in each second from the first on. */
    public synchronized List<Double> rates() {
        return seconds.stream().map(second -> (double) second.count).toList();
    }

    /** Milliseconds within which that share ended, in each second from the first on. */
    public synchronized List<Double> millis(double share) {
        return seconds.stream().map(second -> second.latencies.millis(share)).toList();
    }

    private List<Second> measured() {
        return new ArrayList<>(seconds.subList(warmUp, seconds.size()));
    }
}
