package org.carelog.bench;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.limit.Limit;
import org.carelog.bench.limit.Limits;
import org.carelog.bench.report.Report;
import org.carelog.bench.report.Result;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carelog bench}: measures the machine, prepares, then measures and tells one scenario after the other. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "How fast the running system is on this machine, beside what the machine can do.")
final class BenchCommand implements Callable<Integer> {

    private static final int PROFILED_SECONDS = 5;

    private final Installation installation;

    @Option(
            names = "--scenario",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Only these of: ${COMPLETION-CANDIDATES}, in whatever case.")
    private Set<Scenario> scenarios = new TreeSet<>(Set.of(Scenario.values()));

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "At once, in place of the usual number of each scenario.")
    private Integer clients;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "25", description = "Measured of each scenario.")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "20", description = "Seconds before those.")
    private int warmUp;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Written before, to be read and updated.")
    private int patients;

    @Mixin
    private PopulationOptions population;

    @Option(
            names = "--profile",
            paramLabel = "PART",
            description =
                    "Where this service, or the gateway, spends its time; else told of scenarios that miss their aim.")
    private String profiled;

    BenchCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        FhirClients through = FhirClients.of(running);
        Report report = Report.in(directory(installation), System.out);
        Map<Limit, Double> limits = limits(running, report);
        System.err.printf("Preparing a population of %d and %d patients more.%n", population.people(), patients);
        Records records = population.preparation(installation, patients).prepare(scenarios, running, through);
        Measurement measurement = new Measurement(running, through, records, limits, report);
        for (Scenario scenario : scenarios) {
            for (int count : clients == null ? scenario.clients() : List.of(clients)) {
                System.err.printf("Measuring %s, %d clients.%n", scenario.words(), count);
                Result result = measurement.measure(scenario, new ClosedLoop(count, warmUp, seconds));
                if (profiled != null || result.misses()) {
                    String part = profiled == null ? scenario.busiest().id() : profiled;
                    System.err.printf("Looking where %s spends its time.%n", part);
                    measurement.profile(scenario, new ClosedLoop(count, 1, Math.min(seconds, PROFILED_SECONDS)), part);
                }
            }
        }
        report.finish();
        return report.failed() ? 1 : 0;
    }

    private Map<Limit, Double> limits(RunningSystem running, Report report) throws Exception {
        System.err.println("Measuring the machine.");
        Map<Limit, Double> limits = new Limits(
                        installation.root().resolve("deploy/bench/endpoint/target/quarkus-app/quarkus-run.jar"),
                        report.file("endpoint.log"),
                        running.postgres())
                .measure(Math.min(warmUp, 5), Math.min(seconds, 5));
        report.limits(limits);
        return limits;
    }

    /** For what a run that begins now tells. */
    static Path directory(Installation installation) {
        return installation
                .root()
                .resolve(".carelog/bench")
                .resolve(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")));
    }
}
