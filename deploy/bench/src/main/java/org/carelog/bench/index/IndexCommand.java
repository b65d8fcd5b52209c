package org.carelog.bench.index;

import java.util.List;
import java.util.concurrent.Callable;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.client.Percentiles;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.limit.ScratchDatabase;
import org.carelog.bench.report.Table;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.postgres.PostgresServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog bench index}: what designs of the search index cost, and how fast they answer. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description = "Designs of the search index beside each other, in a database of their own.")
public final class IndexCommand implements Callable<Integer> {

    private static final List<String> DESIGNS = List.of("tokens", "rows", "columns");
    private static final int CLIENTS = 16;
    /** What sessions of the services have: a search is planned by its values. */
    private static final String OPTIONS = "-c plan_cache_mode=force_custom_plan";

    private final Installation installation;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000000", description = "Observations of each design.")
    private long rows;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "4", description = "Measured of each question.")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "1", description = "Seconds before those.")
    private int warmUp;

    /** @param installation whose PostgreSQL runs */
    public IndexCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        PostgresServer server = RunningSystem.find(installation).postgres();
        Table costs = new Table("design", "bytes a resource", "writes per s, 8 clients", "WAL bytes a write");
        Table answers =
                new Table("question", "design", "p50 ms", "p99 ms", CLIENTS + " clients: per s", "p50 ms", "p99 ms");
        for (String name : DESIGNS) {
            System.err.printf("Filling %s with %d.%n", name, rows);
            Script design = Script.read(name + ".sql");
            try (Trial trial = new Trial(ScratchDatabase.create(server, CLIENTS, OPTIONS), design, rows)) {
                trial.fill();
                double bytes = trial.bytesPerResource();
                for (String question : design.questions()) {
                    answers.row(answer(trial, question, name));
                }
                costs.row(cost(trial, name, bytes));
            }
        }
        System.out.println(costs);
        System.out.println(answers);
        return 0;
    }

    private List<String> answer(Trial trial, String question, String design) throws Exception {
        Percentiles alone = loop(1).run(() -> trial.asking(question)).latencies();
        Timeline together = loop(CLIENTS).run(() -> trial.asking(question));
        return List.of(
                question,
                design,
                Table.format("%.2f", alone.millis(0.50)),
                Table.format("%.2f", alone.millis(0.99)),
                Table.format("%.0f", together.perSecond()),
                Table.format("%.1f", together.latencies().millis(0.50)),
                Table.format("%.1f", together.latencies().millis(0.99)));
    }

    private List<String> cost(Trial trial, String design, double bytes) throws Exception {
        double before = trial.walBytes();
        Timeline writes = loop(8).run(trial::writing);
        return List.of(
                design,
                Table.format("%.0f", bytes),
                Table.format("%.0f", writes.perSecond()),
                Table.format("%.0f", (trial.walBytes() - before) / writes.total()));
    }

    private ClosedLoop loop(int clients) {
        return new ClosedLoop(clients, warmUp, seconds);
    }
}
