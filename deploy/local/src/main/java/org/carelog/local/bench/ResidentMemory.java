package org.carelog.local.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.carelog.local.process.Memory;

/** The most memory each process had resident, looked at once a second. */
final class ResidentMemory implements AutoCloseable {

    private final Map<String, Long> pids;
    private final Map<String, Long> mostBytes = new TreeMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().factory());

    /** @param pids process ids by the name of the part */
    ResidentMemory(Map<String, Long> pids) {
        this.pids = pids;
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private synchronized void look() {
        pids.forEach((part, pid) -> mostBytes.merge(part, Memory.residentBytes(pid), Math::max));
    }

    /** Mebibytes by part. */
    synchronized Map<String, Long> mostMebibytes() {
        Map<String, Long> most = new TreeMap<>();
        mostBytes.forEach((part, bytes) -> most.put(part, bytes / (1024 * 1024)));
        return most;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
