package org.carelog.local.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.carelog.local.process.Processes;

/** Processes of a launcher that was killed. Where the system can, they end with it; this is for where it cannot. */
public final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Leftovers() {}

    /** Stops them. Returns when they are gone. */
    public static void stop(Installation installation, Consumer<String> onlooker) throws IOException {
        List<ProcessHandle> left = new StateFile(installation.state())
                .read()
                .filter(state -> !state.isLauncherAlive())
                .map(SystemState::processes)
                .orElse(List.of());
        if (!left.isEmpty()) {
            onlooker.accept("Stopping " + left.size() + " processes of an earlier run ...");
            // The last ones started need the first ones.
            left.reversed().forEach(process -> Processes.stop(process, "TERM", PATIENCE));
        }
    }
}
