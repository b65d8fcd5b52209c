package org.carelog.local.operate;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import org.carelog.local.service.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog audit reconcile}. Exit code 0 when history and journal say the same everywhere, 1 when not. */
@Command(
        name = "reconcile",
        description = {
            "Compare the history of each service with its audit entries, both ways.",
            "As the demo user compliance. How it ends is in the audit log, too."
        })
public final class ReconcileCommand implements Callable<Integer> {
    /** Those that own records. */
    private static final List<Service> OWNERS = List.of(Service.PATIENT, Service.ENCOUNTER);

    private static final String LINE = "%-18s %-24s %10s %12s %8s%n";

    private final Installation installation;

    @Option(names = "--full", description = "Read all entries again, and not only those since the last time.")
    private boolean full;

    public ReconcileCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf(LINE, "service", "entries", "versions", "differences", "s");
        boolean same = true;
        for (Service owner : OWNERS) {
            try (Operations operations = Operations.of(owner, "compliance", installation)) {
                same &= tell(owner, reconcile(operations));
            }
        }
        return same ? 0 : 1;
    }

    /** How it ended; behind it, the first differences. */
    private List<Map<String, String>> reconcile(Operations operations) throws IOException, InterruptedException {
        Map<String, String> asked = operations.perform("$audit-reconcile?full=" + full);
        long run = Long.parseLong(asked.get("run"));
        Duration pause = Duration.ofMillis(100);
        while (true) {
            List<Map<String, String>> told = operations.things("$audit-reconciliation");
            Map<String, String> last = told.getFirst();
            if (Long.parseLong(last.get("run")) >= run && last.containsKey("finished")) {
                return told;
            }
            // each look is an entry of the audit log
            Thread.sleep(pause);
            pause = pause.compareTo(Duration.ofSeconds(5)) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    private static boolean tell(Service owner, List<Map<String, String>> told) {
        Map<String, String> last = told.getFirst();
        long first = Long.parseLong(last.get("first"));
        long end = Long.parseLong(last.get("next")) - 1;
        Duration took = Duration.between(Instant.parse(last.get("begun")), Instant.parse(last.get("finished")));
        System.out.printf(
                LINE,
                owner.id(),
                end < first ? "none" : "%d to %d".formatted(first, end),
                last.get("versions"),
                last.get("differences"),
                "%.1f".formatted(took.toMillis() / 1000.0));
        told.stream().skip(1).forEach(difference -> System.out.println("  " + difference.get("found")));
        return last.get("differences").equals("0");
    }
}
