package org.carelog.local.platform;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.carelog.local.process.Processes;

/** Stops a system that another process keeps running. */
public final class Shutdown {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Shutdown() {}

    /** Returns when nothing runs any more; false when nothing ran. */
    public static boolean of(Installation installation, Consumer<String> onlooker) throws IOException {
        Optional<SystemState> state = new StateFile(installation.state()).read();
        Optional<ProcessHandle> launcher = state.flatMap(SystemState::launcher);
        boolean ran = launcher.isPresent()
                || state.map(SystemState::processes).stream().anyMatch(left -> !left.isEmpty());
        launcher.ifPresent(process -> Processes.stop(process, "TERM", PATIENCE));
        Leftovers.stop(installation, onlooker);
        return ran;
    }
}
