package org.carelog.local;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.carelog.local.audit.AuditCommand;
import org.carelog.local.audit.RetentionCommand;
import org.carelog.local.audit.VerifyCommand;
import org.carelog.local.command.DownCommand;
import org.carelog.local.command.LogsCommand;
import org.carelog.local.command.ResetCommand;
import org.carelog.local.command.StatusCommand;
import org.carelog.local.command.SuperviseCommand;
import org.carelog.local.command.TokenCommand;
import org.carelog.local.command.UpCommand;
import org.carelog.local.consume.ConsumeCommand;
import org.carelog.local.demo.DemoCommand;
import org.carelog.local.demo.DemoTarget;
import org.carelog.local.keycloak.TokenException;
import org.carelog.local.keycloak.Tokens;
import org.carelog.local.load.BearerTokens;
import org.carelog.local.load.LoadCommand;
import org.carelog.local.load.LoadTarget;
import org.carelog.local.load.Synthea;
import org.carelog.local.operate.ParkedCommand;
import org.carelog.local.operate.RebuildCommand;
import org.carelog.local.operate.ReconcileCommand;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.process.Jdk;
import org.carelog.local.service.Service;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line behind {@code ./carelog}; {@code test}, {@code chaos} and {@code loss} are the script's own, {@code bench} another
 * module's.
 */
@Command(
        name = "carelog",
        version = "Carelog 0.1.0-SNAPSHOT",
        mixinStandardHelpOptions = true,
        description = "Healthcare records on this machine.",
        footer = {
            "",
            "  bench    How fast it is on this machine: ./carelog bench --help",
            "  test     Every test, or one module's: ./carelog test [module]",
            "  chaos    The fault test at length: ./carelog chaos --rounds N --seed S",
            "  loss     That no access goes unrecorded, at length: ./carelog loss --requests N --outage SECONDS"
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Carelog {

    /** It tells each step of a migration; what goes wrong it throws. Held here, since loggers are collected. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Carelog() {}

    /** Exit code 0 when it was done, 1 when not, 2 when the command line is wrong. */
    public static void main(String[] arguments) {
        FLYWAY.setLevel(Level.SEVERE);
        Installation installation = Installation.of(System.getenv());
        System.exit(commandLine(installation).execute(arguments));
    }

    /** The commands for an installation; nothing is looked at yet. */
    public static CommandLine commandLine(Installation installation) {
        CommandLine line = new CommandLine(new Carelog())
                .addSubcommand(new UpCommand(installation))
                .addSubcommand(new SuperviseCommand(installation))
                .addSubcommand(new DownCommand(installation))
                .addSubcommand(new StatusCommand(installation))
                .addSubcommand(new LogsCommand(installation))
                .addSubcommand(new ResetCommand(installation))
                .addSubcommand(new TokenCommand(installation))
                .addSubcommand(new LoadCommand(() -> loadTarget(installation), () -> synthea(installation)))
                .addSubcommand(new ConsumeCommand(
                        () -> RunningSystem.find(installation).kafkaAsEngine()))
                .addSubcommand(new DemoCommand(() -> demoTarget(installation)))
                .addSubcommand(new CommandLine(new AuditCommand(installation))
                        .addSubcommand(new ReconcileCommand(installation))
                        .addSubcommand(new RetentionCommand(installation)))
                .addSubcommand(new VerifyCommand(installation))
                .addSubcommand(new ParkedCommand(installation))
                .addSubcommand(new RebuildCommand(installation));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        helpful(line);
        line.addSubcommand(new CommandLine.HelpCommand());
        line.setExecutionExceptionHandler(Carelog::failed);
        return line;
    }

    /** Each command explains itself. */
    private static void helpful(CommandLine line) {
        line.getSubcommands().values().forEach(command -> {
            // the arguments of a method are counted when it is made a command: it brings its own
            if (!(command.getCommandSpec().userObject() instanceof Method)) {
                command.getCommandSpec().mixinStandardHelpOptions(true);
            }
            helpful(command);
        });
    }

    /** What is meant for the person is a sentence; what is not is a fault of ours, and its trace helps. */
    private static int failed(Exception e, CommandLine line, CommandLine.ParseResult result) throws Exception {
        if (e instanceof RunningSystem.NotRunningException
                || e instanceof TokenException
                || e instanceof IOException && e.getMessage() != null) {
            System.err.println(e.getMessage());
            return 1;
        }
        throw e;
    }

    /** @throws RunningSystem.NotRunningException when there is none */
    public static DemoTarget demoTarget(Installation installation) throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        Tokens tokens = running.tokens();
        return new DemoTarget(
                running.fhirBase(),
                running.service(Service.ENCOUNTER),
                running.kafkaAsEngine(),
                user -> tokens.token(user).value());
    }

    /** @throws RunningSystem.NotRunningException when there is none */
    public static LoadTarget loadTarget(Installation installation) throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        Tokens tokens = running.tokens();
        return new LoadTarget(running.fhirBase(), new BearerTokens(() -> tokens.token("loader")));
    }

    public static Synthea synthea(Installation installation) {
        return new Synthea(
                Jdk.program("java"),
                installation.root().resolve("deploy/parts/synthea/target/class-path"),
                installation.synthea());
    }
}
