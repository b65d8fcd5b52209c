package org.carelog.bench;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.record.Crowd;
import org.carelog.bench.report.Growth;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carelog bench growth}: what searches take, by how many people there are. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "What searches take while the data grows fourfold, again and again.")
final class GrowthCommand implements Callable<Integer> {

    private static final int TIMES = 4;
    private static final int WRITERS = 4;

    private final Installation installation;

    @Option(names = "--from", paramLabel = "N", defaultValue = "1000", description = "People at first.")
    private int from;

    @Option(names = "--to", paramLabel = "N", defaultValue = "64000", description = "People at last, at most.")
    private int to;

    @Option(names = "--encounters", paramLabel = "N", defaultValue = "4", description = "Of each of them, at most.")
    private int encounters;

    @Option(names = "--clients", paramLabel = "N", defaultValue = "1", description = "That search at once.")
    private int clients;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Measured of each search.")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "5", description = "Seconds before those.")
    private int warmUp;

    @Mixin
    private PopulationOptions population;

    GrowthCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        FhirClients through = FhirClients.of(running);
        Growth growth = new Growth(BenchCommand.directory(installation), System.out);
        Crowd crowd = population.preparation(installation, 0).crowd(encounters);
        Rest rest = new Rest(running);
        int written = 0;
        for (int size = from; size <= to; size *= TIMES) {
            System.err.printf("Writing people until there are %d.%n", size);
            AtomicInteger next = new AtomicInteger(written);
            written = crowd.groups(size);
            int end = written;
            through.writeAll(WRITERS, () -> transactions(crowd, next, end));
            rest.await();
            for (Search search : Search.values()) {
                growth.measured(search.id(), search.words(), size, measure(search, crowd, size, through));
            }
            growth.tell();
        }
        return growth.failed() ? 1 : 0;
    }

    /** For one writer: the transactions of a group, then those of the next that nobody has taken. */
    private static Supplier<Optional<Request>> transactions(Crowd crowd, AtomicInteger next, int end) {
        Iterator<Request> requests = Stream.generate(next::getAndIncrement)
                .takeWhile(group -> group < end)
                .flatMap(group -> crowd.parts().stream().map(part -> Request.transaction(part, crowd.number(group))))
                .iterator();
        return () -> requests.hasNext() ? Optional.of(requests.next()) : Optional.empty();
    }

    private Timeline measure(Search search, Crowd crowd, int size, FhirClients through) throws Exception {
        Supplier<Request> any =
                () -> search.about(crowd.person(ThreadLocalRandom.current().nextInt(size)));
        through.mustFind(any.get());
        return new ClosedLoop(clients, warmUp, seconds).run(() -> through.client(() -> Optional.of(any.get())));
    }
}
