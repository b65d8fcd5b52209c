package org.carelog.bench.event;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carelog.bench.report.Usage;
import org.carelog.local.demo.DemoTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog bench events}. Writes made-up patients. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "From a write to its event on Kafka, and from there to the other service's copy.")
public final class EventsCommand implements Callable<Integer> {

    private final Callable<DemoTarget> running;
    private final Callable<Connection> copies;
    private final Callable<Map<String, Long>> pids;
    private final Path directory;

    @Option(names = "--rate", paramLabel = "N", defaultValue = "100", description = "Writes per second.")
    private int rate;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "60", description = "That are measured.")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "15", description = "Seconds before those.")
    private int warmUp;

    @Option(names = "--kill-kafka", description = "Once, after a third of the seconds; it is started again.")
    private boolean killKafka;

    /**
     * @param running finds the running system, or throws with a sentence
     * @param copies a connection of its own to the database of encounter-service
     * @param pids the process ids of its parts by their names
     * @param directory where the plot goes; it is made
     */
    public EventsCommand(
            Callable<DemoTarget> running,
            Callable<Connection> copies,
            Callable<Map<String, Long>> pids,
            Path directory) {
        this.running = running;
        this.copies = copies;
        this.pids = pids;
        this.directory = directory;
    }

    @Override
    public Integer call() throws Exception {
        Usage usage = new Usage(pids.call());
        try (EventLatency latency = new EventLatency(running.call(), copies.call())) {
            System.out.printf("%d creates/s for %d s after %d s of warm-up%n", rate, seconds, warmUp);
            long failed;
            try (AutoCloseable _ = usage.begin()) {
                failed = latency.measure(rate, Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds), () -> {
                    if (killKafka) {
                        kill(pids.call().get("kafka"));
                    }
                });
            }
            Path plot = Files.createDirectories(directory).resolve("events.svg");
            Files.writeString(plot, latency.lag().plot());
            System.out.println("Plot of the lag: " + plot);
            latency.print(System.out);
            usage.uses()
                    .forEach((part, use) -> System.out.printf(
                            "%-21s %d MiB resident at most, %.2f processors%n",
                            part, use.mostMebibytes(), use.cores()));
            return failed == 0 ? 0 : 1;
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
}
