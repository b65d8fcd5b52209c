package org.carelog.local.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.process.Jdk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code carelog verify}: runs the auditor's program, which is a jar of its own, as an auditor would. Exit code 0 when all is as
 * it was signed, 1 when not, 2 when it cannot be told.
 */
@Command(name = "verify", description = "Check an export of the audit log by public keys alone, or the whole ledger.")
public final class VerifyCommand implements Callable<Integer> {
    private static final int UNUSABLE = 2;
    private static final String JAR = "deploy/verify/target/carelog-verify.jar";

    private final Installation installation;

    @Parameters(arity = "0..1", paramLabel = "EXPORT", description = "As ./carelog audit --export writes it.")
    private Path export;

    @Option(
            names = "--ledger",
            description = {
                "Instead: the whole ledger of the running system, the AuditEvents that are searched,",
                "and all checkpoints that it has published."
            })
    private boolean ledger;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "One that you have kept: the log must still begin with its leaves.")
    private Path checkpoint;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "Public keys, one a line, all of which must have signed; else those that this system has published.")
    private Path keys;

    public VerifyCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        if (ledger == (export != null)) {
            System.err.println("An EXPORT or --ledger is to be checked.");
            return UNUSABLE;
        }
        return ledger ? checkLedger() : checkExport();
    }

    private int checkLedger() throws Exception {
        try (ComplianceCalls calls = ComplianceCalls.of(installation)) {
            LedgerCheck check = new LedgerCheck(calls, System.out);
            check.ledger();
            for (Path kept : installation.checkpointFiles()) {
                check.file(kept);
            }
            check.topic(RunningSystem.find(installation).kafkaAsAdministrator());
            if (checkpoint != null) {
                check.file(checkpoint);
            }
            return check.isWrong() ? 1 : 0;
        }
    }

    private int checkExport() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Jdk.program("java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-jar",
                installation.root().resolve(JAR).toString(),
                export.toString(),
                "--keys",
                (keys == null ? installation.checkpoints().resolve("log.vkey") : keys).toString()));
        if (checkpoint != null) {
            command.addAll(List.of("--checkpoint", checkpoint.toString()));
        }
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
