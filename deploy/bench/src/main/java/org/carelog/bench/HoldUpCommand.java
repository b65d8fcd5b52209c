package org.carelog.bench;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.client.Timeline;
import org.carelog.local.demo.WrittenPatient;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code carelog bench hold-up}. Writes made-up patients: one after the other, first alone, then while another client commits
 * one large transaction after the other at the same service.
 */
@Command(
        name = "hold-up",
        mixinStandardHelpOptions = true,
        description = "How long single writes take, alone and while large transactions commit.")
final class HoldUpCommand implements Callable<Integer> {

    private final Installation installation;

    @Option(names = "--entries", paramLabel = "N", defaultValue = "1000", description = "Of each transaction.")
    private int entries;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "30", description = "Measured of each.")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "15", description = "Seconds before those.")
    private int warmUp;

    HoldUpCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        FhirClients clients = FhirClients.of(running);
        ClosedLoop loop = new ClosedLoop(1, warmUp, seconds);
        Timeline alone = loop.run(() -> clients.client(() -> Optional.of(single())));
        Timeline beside;
        Timeline large;
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<Timeline> transactions =
                    thread.submit(() -> loop.run(() -> clients.client(() -> Optional.of(transaction()))));
            beside = loop.run(() -> clients.client(() -> Optional.of(single())));
            large = transactions.get();
        }
        System.out.println("single writes, alone      " + alone.latencies().summary());
        System.out.println("single writes, beside     " + beside.latencies().summary());
        System.out.println("transactions, each        " + large.latencies().summary());
        Map<String, Long> failures = new TreeMap<>(alone.failures());
        beside.failures().forEach((ending, count) -> failures.merge(ending, count, Long::sum));
        large.failures().forEach((ending, count) -> failures.merge(ending, count, Long::sum));
        System.out.println("failed                    " + failures);
        return failures.isEmpty() ? 0 : 1;
    }

    private static Request single() {
        return new Request("POST", "/Patient", bytes(WrittenPatient.made()), 201, 1);
    }

    private Request transaction() {
        String bundle = IntStream.range(0, entries)
                .mapToObj(_ -> "{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}"
                        .formatted(WrittenPatient.made()))
                .collect(Collectors.joining(
                        ",", "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[", "]}"));
        return new Request("POST", "", bytes(bundle), 200, entries);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
