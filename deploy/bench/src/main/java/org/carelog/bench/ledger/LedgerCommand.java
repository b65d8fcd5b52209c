package org.carelog.bench.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.carelog.bench.client.Percentiles;
import org.carelog.bench.limit.ScratchDatabase;
import org.carelog.bench.report.Table;
import org.carelog.bench.report.Usage;
import org.carelog.local.Carelog;
import org.carelog.local.client.FhirAnswer;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.process.Jdk;
import org.carelog.local.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog bench ledger}. Adds made-up accesses to the audit log, for ever. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        description = {
            "The audit log: how many entries a second it takes in, how long a proof takes, how fast an export is written",
            "and checked, and how long it takes to find who opened a chart. Not for a system whose log is to be kept."
        })
public final class LedgerCommand implements Callable<Integer> {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(60);
    private static final String VERIFIER = "deploy/verify/target/carelog-verify.jar";

    private final Installation installation;

    @Option(names = "--entries", paramLabel = "N", defaultValue = "100000", description = "That are taken in.")
    private int entries;

    @Option(names = "--patients", paramLabel = "N", defaultValue = "5000", description = "Whose charts they are of.")
    private int patients;

    @Option(
            names = "--tree",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Leaves of a tree of its own, in which proofs are made.")
    private long leaves;

    @Option(names = "--questions", paramLabel = "N", defaultValue = "300", description = "Of proofs, and of charts.")
    private int questions;

    /** @param installation that runs */
    public LedgerCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        MadeUpSource source = new MadeUpSource("bench-" + Instant.now().getEpochSecond(), patients);
        takeIn(running, source);
        prove(running);
        ask(running, source);
        exportAndVerify();
        return 0;
    }

    /** At once: a run that is cut has told what it measured. */
    private static void tell(String what, String of, String result) {
        System.out.printf("%-40s %-28s %s%n", what, of, result);
    }

    private void takeIn(RunningSystem running, MadeUpSource source) throws Exception {
        System.err.printf("Publishing %d entries of %s.%n", entries, source.name());
        Usage usage = new Usage(running.pids());
        long begin = System.nanoTime();
        try (AutoCloseable _ = usage.begin();
                Connection ledger = running.read(Service.AUDIT)) {
            source.publish(entries, running.kafkaAsAdministrator());
            awaitLast(ledger, source.name());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        tell(
                "taken in, with leaves and AuditEvents",
                "%d entries".formatted(entries),
                Table.format("%.0f entries/s", entries / seconds));
        usage.uses().forEach((part, use) -> {
            if (use.cores() >= 0.05) {
                tell("", part, Table.format("%.2f processors, %d MiB", use.cores(), use.mostMebibytes()));
            }
        });
    }

    private void awaitLast(Connection ledger, String source) throws SQLException, IOException, InterruptedException {
        long last = -1;
        long moved = System.nanoTime();
        try (PreparedStatement statement =
                ledger.prepareStatement("select coalesce(max(seq), 0) from access_record where source = ?")) {
            statement.setString(1, source);
            while (last < entries) {
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    if (row.getLong(1) > last) {
                        last = row.getLong(1);
                        moved = System.nanoTime();
                    } else if (System.nanoTime() - moved > LONGEST_STANDSTILL.toNanos()) {
                        throw new IOException("The ledger stands still at entry %d of %d".formatted(last, entries));
                    }
                }
                Thread.sleep(LOOK_AGAIN);
            }
        }
    }

    private void prove(RunningSystem running) throws SQLException, IOException {
        System.err.printf("Making a tree of %d leaves.%n", leaves);
        try (TreeTrial tree = new TreeTrial(ScratchDatabase.create(running.postgres(), 2, ""), leaves)) {
            tree.fill();
            tree.proofs(questions);
            tell("proof of one entry", "%d leaves".formatted(leaves), told(tree.proofs(questions)));
        }
    }

    private static String told(Percentiles took) {
        return Table.format("p50 %.2f ms, p95 %.2f, p99 %.2f", took.millis(0.50), took.millis(0.95), took.millis(0.99));
    }

    private void exportAndVerify() throws IOException, InterruptedException {
        Path file = Files.createTempFile("carelog-bench", ".ndjson");
        try {
            System.err.println("Exporting the whole log, of which nothing matches.");
            long begin = System.nanoTime();
            Files.delete(file);
            int exit =
                    Carelog.commandLine(installation).execute("audit", "--user", "nobody", "--export", file.toString());
            double seconds = (System.nanoTime() - begin) / 1e9;
            if (exit != 0) {
                throw new IOException("The export failed");
            }
            long rows;
            try (Stream<String> lines = Files.lines(file)) {
                rows = lines.count() - 2;
            }
            String of = Table.format("%d leaves, %d MB", rows, Files.size(file) >> 20);
            tell("complete export, written", of, Table.format("%.0f leaves/s", rows / seconds));
            tell("complete export, checked", of, Table.format("%.0f leaves/s", rows / verified(file)));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** How many seconds the auditor's program takes, its start among them. */
    private double verified(Path file) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int exit = new ProcessBuilder(
                        Jdk.program("java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount=1",
                        "-jar",
                        installation.root().resolve(VERIFIER).toString(),
                        file.toString(),
                        "--keys",
                        installation.checkpoints().resolve("log.vkey").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("The export is not what was signed");
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void ask(RunningSystem running, MadeUpSource source) throws Exception {
        System.err.printf("Asking who opened a chart, %d times.%n", questions);
        Percentiles took = new Percentiles();
        Random random = new Random(11);
        String token = running.tokens().token("compliance").value();
        long events;
        try (Connection ledger = running.read(Service.AUDIT);
                ResultSet row = ledger.createStatement()
                        .executeQuery("select count(*) from resource where resource_type = 'AuditEvent'")) {
            row.next();
            events = row.getLong(1);
        }
        try (FhirCalls calls = new FhirCalls()) {
            for (int i = 0; i < questions; i++) {
                String question = "/AuditEvent?patient=Patient/%s&_sort=-date&_count=50"
                        .formatted(source.patient(random.nextInt(patients)));
                long begin = System.nanoTime();
                var answer = calls.get(URI.create(running.service(Service.AUDIT) + question), token);
                took.add(System.nanoTime() - begin);
                FhirAnswer.resource(answer);
            }
        }
        tell("who opened a chart, newest 50", "%d AuditEvents".formatted(events), told(took));
    }
}
