package org.carelog.local.operate;

import java.util.Map;
import org.carelog.local.platform.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code carelog parked}. Exit code 0 when it was done and nothing is left to do for it, 1 otherwise. */
@Command(
        name = "parked",
        description = "Events that a service could not apply, as an administrator looks after them.",
        synopsisSubcommandLabel = "COMMAND")
public final class ParkedCommand {
    private static final String LINE = "%-18s %8s  %-44s %-20s %s%n";
    private static final String SERVICE = "encounter-service or patient-service.";

    private final Installation installation;

    public ParkedCommand(Installation installation) {
        this.installation = installation;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "What is parked, the oldest first, and why. Those of one key wait for the first of them.")
    int list() throws Exception {
        int count = 0;
        for (CopyingService copying : CopyingService.values()) {
            try (Operations operations = Operations.of(copying, installation)) {
                for (Map<String, String> event : operations.things("$parked")) {
                    if (count++ == 0) {
                        System.out.printf(LINE, "service", "id", "about", "reason", "parked");
                    }
                    System.out.printf(
                            LINE,
                            copying.service().id(),
                            event.get("id"),
                            event.getOrDefault("subject", "-"),
                            event.get("reason"),
                            event.get("parkedAt"));
                }
            }
        }
        if (count == 0) {
            System.out.println("Nothing is parked.");
        }
        return count == 0 ? 0 : 1;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Apply those of an event's key, in their order, up to the first that fails again.")
    int redrive(
            @Parameters(paramLabel = "SERVICE", description = SERVICE, converter = CopyingService.ById.class)
                    CopyingService copying,
            @Parameters(paramLabel = "ID", description = "As listed.") long id)
            throws Exception {
        try (Operations operations = Operations.of(copying, installation)) {
            Map<String, String> told = operations.perform("$parked-redrive?id=" + id);
            System.out.printf("%s applied, %s still parked%n", told.get("applied"), told.get("parked"));
            return told.get("parked").equals("0") ? 0 : 1;
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Give an event up for good. Those behind it wait until they are redriven.")
    int discard(
            @Parameters(paramLabel = "SERVICE", description = SERVICE, converter = CopyingService.ById.class)
                    CopyingService copying,
            @Parameters(paramLabel = "ID", description = "As listed.") long id)
            throws Exception {
        try (Operations operations = Operations.of(copying, installation)) {
            operations.perform("$parked-discard?id=" + id);
            System.out.println("discarded");
            return 0;
        }
    }
}
