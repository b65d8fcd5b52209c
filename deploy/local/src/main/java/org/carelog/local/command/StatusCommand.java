package org.carelog.local.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.SystemStatus;
import org.carelog.local.platform.SystemStatus.PartLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog status}. Exit code 0 when every part is ready, 1 otherwise. */
@Command(name = "status", description = "State, process, port and memory of each part.")
public final class StatusCommand implements Callable<Integer> {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LINE = "  %-19s %-9s %8s %6s %8s %9s   %s%n";

    private final Installation installation;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    public StatusCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        Optional<SystemStatus> status = SystemStatus.of(installation);
        if (json) {
            System.out.println(MAPPER.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(
                            status.isPresent() ? status.get() : Map.of("state", "stopped", "parts", List.of())));
        } else if (status.isPresent()) {
            print(status.get(), System.out);
        } else {
            System.out.println("Nothing was started with the data in " + installation.data() + ".");
        }
        return status.isPresent() && status.get().isWell() ? 0 : 1;
    }

    private static void print(SystemStatus status, PrintStream out) {
        out.println(
                switch (status.state()) {
                    case "up" -> "Carelog is up, FHIR base " + status.fhirBase();
                    case "failed" -> "Carelog did not start.";
                    default -> "Carelog is " + status.state() + ".";
                });
        if (!status.reason().isEmpty()) {
            out.println(status.reason());
        }
        out.printf(LINE, "part", "state", "pid", "port", "memory", "restarts", "since");
        for (PartLine part : status.parts()) {
            out.printf(
                    LINE,
                    part.name(),
                    part.state().word(),
                    part.pid() == 0 ? "-" : part.pid(),
                    part.port(),
                    mebibytes(part.residentBytes()),
                    part.restarts(),
                    ago(part.since()));
        }
        SystemStatus.Launcher launcher = status.launcher();
        if (launcher.pid() != 0) {
            out.printf(
                    LINE,
                    "launcher",
                    "",
                    launcher.pid(),
                    "",
                    mebibytes(launcher.residentBytes()),
                    "",
                    ago(launcher.since()));
        }
    }

    private static String mebibytes(long bytes) {
        return bytes == 0 ? "-" : bytes / (1024 * 1024) + " MiB";
    }

    private static String ago(String since) {
        Duration age = Duration.between(Instant.parse(since), Instant.now());
        if (age.toDays() > 0) {
            return age.toDays() + " d " + age.toHoursPart() + " h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " min";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min " + age.toSecondsPart() + " s" : age.toSeconds() + " s";
    }
}
