package org.carelog.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.carelog.bench.client.ClosedLoop;
import org.carelog.bench.report.AuditCost;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code carelog bench audit}. What patient-service did meanwhile without recording it stays in its history, and in no entry. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "What recording every access costs: the same requests with it and without, by turns, of a system that was",
            "started so that it can be stopped. Not for a system whose log is to be complete."
        })
final class AuditCostCommand implements Callable<Integer> {

    private static final Set<Scenario> WRITES = EnumSet.of(Scenario.CREATE, Scenario.UPDATE);
    private static final double AIM_OF_WRITES = 0.05;
    private static final double AIM_OF_READS = 0.25;
    private static final double AIM_MILLIS = 3;

    private final Installation installation;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--switch",
            required = true,
            paramLabel = "DIR",
            description = "The services' carelog.chaos.unrecorded.")
    private Path directory;

    @Option(
            names = "--scenario",
            arity = "1..*",
            paramLabel = "NAME",
            description = "Of patient-service: read, create, update, identifier, name; else read and create.")
    private Set<Scenario> scenarios = new TreeSet<>(Set.of(Scenario.READ, Scenario.CREATE));

    @Option(names = "--clients", paramLabel = "N", defaultValue = "16", description = "At once.")
    private int clients;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "7", description = "Of each scenario.")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10", description = "Measured of each turn.")
    private int seconds;

    @Option(names = "--lead", paramLabel = "N", defaultValue = "3", description = "Seconds before those.")
    private int lead;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "20",
            description = "Seconds of each kind before the first round.")
    private int warmUp;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Written before, to be read and updated.")
    private int patients;

    @Mixin
    private PopulationOptions population;

    AuditCostCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        if (scenarios.stream().anyMatch(scenario -> scenario.busiest() != Service.PATIENT)) {
            throw new ParameterException(spec.commandLine(), "Only what patient-service does alone can be compared");
        }
        RunningSystem running = RunningSystem.find(installation);
        FhirClients through = FhirClients.of(running);
        Path report =
                Files.createDirectories(BenchCommand.directory(installation)).resolve("audit.md");
        StringBuilder told = new StringBuilder();
        boolean failed = false;
        try (RecordingSwitch recording = new RecordingSwitch(running, Service.PATIENT, directory)) {
            recording.turn(false);
            recording.turn(true);
            Records records = population.preparation(installation, patients).prepare(scenarios, running, through);
            for (Scenario scenario : scenarios) {
                System.err.printf("Measuring %s, %d clients.%n", scenario.words(), clients);
                AuditTurns turns = new AuditTurns(running, through, records, recording, scenario);
                AuditCost cost = cost(scenario, turns);
                System.out.println(cost);
                turns.failures().forEach((how, many) -> System.out.printf("failed: %s, %d times%n", how, many));
                failed |= !turns.failures().isEmpty();
                Files.writeString(report, told.append(cost).append('\n'));
            }
        }
        System.out.println("The same: " + report);
        return failed ? 1 : 0;
    }

    private AuditCost cost(Scenario scenario, AuditTurns turns) throws Exception {
        for (boolean recorded : new boolean[] {false, true}) {
            turns.turn(recorded, new ClosedLoop(clients, 0, warmUp));
        }
        return new AuditCost(
                "%s, %d clients".formatted(scenario.words(), clients),
                WRITES.contains(scenario) ? AIM_OF_WRITES : AIM_OF_READS,
                AIM_MILLIS,
                turns.rounds(rounds, new ClosedLoop(clients, lead, seconds)));
    }
}
