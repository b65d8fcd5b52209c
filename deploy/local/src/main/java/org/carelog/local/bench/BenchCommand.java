package org.carelog.local.bench;

import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carelog.local.demo.DemoTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog bench events}: not in the list of commands, for those who measure. Writes synthetic patients. */
@Command(name = "bench", hidden = true, description = "Measure the running system.")
public final class BenchCommand {

    private final Callable<DemoTarget> running;
    private final Callable<Connection> copies;
    private final Callable<Map<String, Long>> pids;

    /**
     * @param running finds the running system, or throws with a sentence
     * @param copies a connection of its own to the database of encounter-service
     * @param pids the process ids of its parts by their names
     */
    public BenchCommand(Callable<DemoTarget> running, Callable<Connection> copies, Callable<Map<String, Long>> pids) {
        this.running = running;
        this.copies = copies;
        this.pids = pids;
    }

    @Command(name = "events", description = "Write to event, event to copy, and memory meanwhile.")
    int events(
            @Option(names = "--rate", defaultValue = "100", description = "Writes per second.") int rate,
            @Option(names = "--seconds", defaultValue = "60") int seconds,
            @Option(names = "--warm-up", defaultValue = "15", description = "Seconds.") int warmUp)
            throws Exception {
        try (EventLatency latency = new EventLatency(running.call(), copies.call());
                ResidentMemory memory = new ResidentMemory(pids.call())) {
            System.out.printf("%d creates/s for %d s after %d s of warm-up%n", rate, seconds, warmUp);
            long failed = latency.measure(rate, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
            latency.print(System.out);
            memory.mostMebibytes()
                    .forEach((part, most) -> System.out.printf("%-21s %d MiB resident at most%n", part, most));
            return failed == 0 ? 0 : 1;
        }
    }
}
