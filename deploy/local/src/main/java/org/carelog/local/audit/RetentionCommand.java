package org.carelog.local.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carelog.local.client.FhirAnswer;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog audit retention}. Exit code 0 when it was told or done, 1 with a sentence when not. */
@Command(
        name = "retention",
        description = {
            "Which months of the audit log are older than it has to keep, and drop them.",
            "The demo user administrator gives them up, which is in the log, and the owner of the database drops them."
        })
public final class RetentionCommand implements Callable<Integer> {
    private final Installation installation;

    @Option(names = "--before", paramLabel = "DATE", description = "Months that begin before; else all that may go.")
    private LocalDate before;

    @Option(names = "--drop", description = "Do it. Without this, nothing is done.")
    private boolean drop;

    public RetentionCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        URI service = running.service(Service.AUDIT);
        String token = running.tokens().token("administrator").value();
        try (FhirCalls calls = new FhirCalls()) {
            JsonNode months = FhirAnswer.resource(calls.get(URI.create(service + "/$ledger-months"), token));
            LocalDate day = before == null
                    ? LocalDate.parse(
                            FhirAnswer.values(months.path("parameter")).get("latest"))
                    : before;
            List<String> going = going(months, day);
            going.forEach(System.out::println);
            if (going.isEmpty()) {
                System.out.printf("No month of the log is over before %s.%n", day.withDayOfMonth(1));
            } else if (drop) {
                FhirAnswer.resource(calls.post(URI.create(service + "/$ledger-retention?before=" + day), token, ""));
                drop(running);
            } else {
                System.out.println("Nothing was done. With --drop they go, and the AuditEvents of that time.");
            }
            return 0;
        }
    }

    /** Months that begin before the day's, but for the newest, each as a line. */
    private static List<String> going(JsonNode answer, LocalDate day) throws IOException {
        List<Map<String, String>> months = new ArrayList<>();
        for (JsonNode told : answer.path("parameter")) {
            if (told.path("name").asText().equals("month")) {
                months.add(FhirAnswer.values(told.path("part")));
            }
        }
        List<String> lines = new ArrayList<>();
        Instant end = day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        for (int i = 0; i + 1 < months.size(); i++) {
            if (Instant.parse(months.get(i).get("begins")).isBefore(end)) {
                lines.add("%.7s  leaves %s to %d"
                        .formatted(
                                months.get(i).get("begins"),
                                months.get(i).get("firstLeaf"),
                                Long.parseLong(months.get(i + 1).get("firstLeaf")) - 1));
            }
        }
        return lines;
    }

    private static void drop(RunningSystem running) throws Exception {
        try (LedgerOwner owner = new LedgerOwner(running.own(Service.AUDIT))) {
            System.out.println("They are given up; waiting for the checkpoint that says so.");
            owner.awaitCheckpoint(Duration.ofSeconds(60));
            long begin = System.nanoTime();
            int months = owner.drop();
            System.out.printf(
                    "%d months dropped in %d ms.%n",
                    months, Duration.ofNanos(System.nanoTime() - begin).toMillis());
            System.out.printf("%d AuditEvents of that time deleted.%n", owner.dropEvents());
        }
    }
}
