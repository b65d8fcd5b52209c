package org.carelog.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.StateFile;
import org.carelog.local.platform.SystemState;
import org.carelog.local.platform.Tail;
import org.carelog.local.supervisor.PartStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code carelog logs}. */
@Command(name = "logs", description = "The end of a part's log, or of all logs and where they are.")
public final class LogsCommand implements Callable<Integer> {

    private static final String LAUNCHER = "launcher";
    private static final int LINES_OF_ALL = 5;
    private static final long BETWEEN_LOOKS = 200;

    private final Installation installation;

    @Parameters(arity = "0..1", paramLabel = "PART", description = "Such as patient-service, or launcher.")
    private String part;

    @Option(names = "-n", defaultValue = "100", paramLabel = "LINES", description = "Of one part's log: 100.")
    private int lines;

    @Option(names = "-f", description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    public LogsCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Path> logs = logs();
        if (part == null) {
            for (Map.Entry<String, Path> log : logs.entrySet()) {
                System.out.println(log.getKey() + ": " + log.getValue());
                Tail.of(log.getValue(), LINES_OF_ALL).forEach(line -> System.out.println("  " + line));
            }
            return 0;
        }
        Path log = logs.get(part);
        if (log == null) {
            System.err.println("There is no log of " + part + "; there are " + String.join(", ", logs.keySet()) + ".");
            return 1;
        }
        long read = Files.exists(log) ? Files.size(log) : 0;
        Tail.of(log, lines).forEach(System.out::println);
        if (follow) {
            followFrom(log, read);
        }
        return 0;
    }

    private Map<String, Path> logs() throws IOException {
        Map<String, Path> logs = new LinkedHashMap<>();
        logs.put(LAUNCHER, installation.launcherLog());
        List<PartStatus> parts = new StateFile(installation.state())
                .read()
                .map(SystemState::parts)
                .orElse(List.of());
        parts.forEach(status -> logs.put(status.name(), status.logFile()));
        return logs;
    }

    private static void followFrom(Path log, long from) throws IOException, InterruptedException {
        long read = from;
        while (true) {
            long size = Files.exists(log) ? Files.size(log) : 0;
            if (size < read) {
                // A new run began a new file.
                read = 0;
            }
            if (size > read) {
                try (var in = Files.newInputStream(log)) {
                    in.skipNBytes(read);
                    System.out.write(in.readNBytes(Math.toIntExact(size - read)));
                    System.out.flush();
                }
                read = size;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }
}
