package org.carelog.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The most memory each process had resident, looked at once a second in {@code /proc} (so on Linux only). */
final class ResidentMemory implements AutoCloseable {

    private final Map<String, Long> pids;
    private final Map<String, Long> mostKilobytes = new TreeMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /** @param pids process ids by the name of the part */
    ResidentMemory(Map<String, Long> pids) {
        this.pids = pids;
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void look() {
        pids.forEach((part, pid) -> mostKilobytes.merge(part, kilobytes(pid), Math::max));
    }

    /** Mebibytes by part. */
    synchronized Map<String, Long> mostMebibytes() {
        Map<String, Long> most = new TreeMap<>();
        mostKilobytes.forEach((part, kilobytes) -> most.put(part, kilobytes / 1024));
        return most;
    }

    private static long kilobytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
