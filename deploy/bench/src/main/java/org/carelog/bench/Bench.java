package org.carelog.bench;

import org.carelog.bench.event.BacklogCommand;
import org.carelog.bench.event.EventsCommand;
import org.carelog.bench.event.ReplayCommand;
import org.carelog.bench.index.IndexCommand;
import org.carelog.bench.ledger.LedgerCommand;
import org.carelog.local.Carelog;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;
import picocli.CommandLine;

/** The command line of {@link Carelog} with one command more, {@code bench}. */
public final class Bench {

    private Bench() {}

    /** Exit code 0 when everything was answered as expected, 1 when not, 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Installation.of(System.getenv())).execute(arguments));
    }

    /** The commands for an installation; nothing is looked at yet. */
    public static CommandLine commandLine(Installation installation) {
        CommandLine bench = new CommandLine(new BenchCommand(installation))
                .addSubcommand(new GrowthCommand(installation))
                .addSubcommand(new IndexCommand(installation))
                .addSubcommand(new AuditCostCommand(installation))
                .addSubcommand(new EventsCommand(
                        () -> Carelog.demoTarget(installation),
                        () -> RunningSystem.find(installation).read(Service.ENCOUNTER),
                        () -> RunningSystem.find(installation).pids(),
                        BenchCommand.directory(installation)))
                .addSubcommand(new ReplayCommand(installation))
                .addSubcommand(new BacklogCommand(installation))
                .addSubcommand(new HoldUpCommand(installation))
                .addSubcommand(new LedgerCommand(installation));
        CommandLine line = Carelog.commandLine(installation);
        return line.addSubcommand(bench)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(line.getExecutionExceptionHandler());
    }
}
