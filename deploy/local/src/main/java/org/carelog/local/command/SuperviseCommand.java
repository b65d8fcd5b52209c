package org.carelog.local.command;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carelog.local.platform.DataLock;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.Launch;
import org.carelog.local.supervisor.CannotStartException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The process behind {@code carelog up --detach}. What it has to say is in its log and in the state file. */
@Command(name = SuperviseCommand.NAME, hidden = true)
public final class SuperviseCommand implements Callable<Integer> {

    static final String NAME = "supervise";

    private final Installation installation;

    @Mixin
    private ScaleOptions scale;

    public SuperviseCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<DataLock> lock = DataLock.take(installation);
        if (lock.isEmpty()) {
            System.err.println("Another launcher was faster.");
            return 1;
        }
        try (DataLock _ = lock.get()) {
            Launch launch = Launch.start(installation, System.getenv(), scale::scale, _ -> {});
            launch.awaitStop();
            launch.stop();
            return 0;
        } catch (CannotStartException inTheStateFile) {
            return 1;
        }
    }
}
