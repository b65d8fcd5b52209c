package org.carelog.bench.report;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.local.process.Memory;

/** What processes take of the machine: their processors, and the most memory they had resident, looked at once a second. */
public final class Usage implements ClosedLoop.Beside {

    /**
     * @param cores processors in use, as a mean
     * @param mostMebibytes resident; of PostgreSQL that is not told, which shares most of it with the kernel's cache
     */
    public record Use(double cores, long mostMebibytes) {}

    private static final String POSTGRES = "postgres";

    private final Map<String, Long> pids;
    private final Map<String, Long> mostBytes = new TreeMap<>();
    private Map<String, Use> uses = Map.of();

    /** @param pids process ids by the name of the part */
    public Usage(Map<String, Long> pids) {
        this.pids = Map.copyOf(pids);
    }

    /** Looks from now on, until that is closed. */
    @Override
    public AutoCloseable begin() {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
        Map<String, Duration> before = processorTimes();
        long began = System.nanoTime();
        return () -> {
            clock.shutdownNow();
            end(before, System.nanoTime() - began);
        };
    }

    private synchronized void look() {
        pids.forEach((part, pid) -> mostBytes.merge(part, Memory.residentBytes(pid), Math::max));
    }

    private synchronized void end(Map<String, Duration> before, double nanos) {
        Map<String, Use> taken = new TreeMap<>();
        processorTimes()
                .forEach((part, time) -> taken.put(
                        part,
                        new Use(
                                time.minus(before.get(part)).toNanos() / nanos,
                                part.equals(POSTGRES) ? 0 : mostBytes.getOrDefault(part, 0L) >> 20)));
        uses = taken;
    }

    /** By part, once the look at them was closed; one that has ended meanwhile is not told. */
    public synchronized Map<String, Use> uses() {
        return uses;
    }

    private Map<String, Duration> processorTimes() {
        Map<String, Duration> times = new TreeMap<>();
        pids.forEach(
                (part, pid) -> ProcessHandle.of(pid).ifPresent(process -> times.put(part, processorTime(process))));
        return times;
    }

    private static Duration processorTime(ProcessHandle first) {
        return Stream.concat(Stream.of(first), first.descendants())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
