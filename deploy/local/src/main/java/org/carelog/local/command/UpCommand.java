package org.carelog.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carelog.local.Carelog;
import org.carelog.local.platform.BackgroundLaunch;
import org.carelog.local.platform.DataLock;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.Launch;
import org.carelog.local.platform.Phase;
import org.carelog.local.platform.StateFile;
import org.carelog.local.platform.SystemState;
import org.carelog.local.platform.SystemStatus;
import org.carelog.local.platform.SystemStatus.PartLine;
import org.carelog.local.platform.Tail;
import org.carelog.local.platform.Welcome;
import org.carelog.local.supervisor.CannotStartException;
import org.carelog.local.supervisor.PartState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code carelog up}. Exit code 0 when everything works, 1 with the reason when something does not. */
@Command(
        name = "up",
        description = {
            "Start everything, and stop it at Ctrl-C.",
            "Ports and the place of the data are taken from the environment: see docs/configuration.md."
        })
public final class UpCommand implements Callable<Integer> {

    private static final int LINES_OF_THE_LOG = 30;

    private final Installation installation;

    @Option(names = "--detach", description = "Return when everything works; ./carelog down stops it.")
    private boolean detach;

    @Mixin
    private ScaleOptions scale;

    public UpCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return detach ? inBackground() : here();
        } catch (CannotStartException e) {
            System.err.println();
            System.err.println(e.getMessage());
            if (e.log().isPresent()) {
                System.err.println("The end of " + e.log().get() + ":");
                Tail.of(e.log().get(), LINES_OF_THE_LOG).forEach(line -> System.err.println("  " + line));
            }
            return 1;
        }
    }

    private int here() throws CannotStartException, IOException, InterruptedException {
        Optional<DataLock> lock = DataLock.take(installation);
        if (lock.isEmpty()) {
            return runsAlready();
        }
        try (DataLock _ = lock.get()) {
            Launch launch = Launch.start(installation, System.getenv(), scale::scale, System.out::println);
            if (launch.isUp()) {
                System.out.println(Welcome.text(launch.ports(), installation));
                System.out.println("Ctrl-C stops everything.");
            }
            launch.awaitStop();
            launch.stop();
            return 0;
        }
    }

    private int inBackground() throws CannotStartException, IOException, InterruptedException {
        Optional<DataLock> free = DataLock.take(installation);
        if (free.isEmpty()) {
            return runsAlready();
        }
        free.get().close();
        List<String> arguments = new ArrayList<>(scale.arguments());
        arguments.addFirst(SuperviseCommand.NAME);
        SystemState state = BackgroundLaunch.start(installation, Carelog.class, arguments, System.out::println);
        System.out.println(Welcome.text(state.portNumbers(), installation));
        System.out.println("./carelog down stops everything.");
        return 0;
    }

    private int runsAlready() throws IOException {
        Optional<SystemState> state = new StateFile(installation.state()).read();
        boolean up = state.map(its -> its.phase() == Phase.UP).orElse(false);
        System.out.printf(
                "Carelog runs already with the data in %s%s.%n",
                installation.data(),
                state.map(its -> ", process %d, %s"
                                .formatted(its.launcherPid(), its.phase().word()))
                        .orElse(""));
        if (!up) {
            return 1;
        }
        List<PartLine> notReady = SystemStatus.of(installation).stream()
                .flatMap(status -> status.parts().stream())
                .filter(part -> part.state() != PartState.READY)
                .toList();
        for (PartLine part : notReady) {
            System.err.printf("%s is not ready. %s ends with:%n", part.name(), part.log());
            Tail.of(Path.of(part.log()), LINES_OF_THE_LOG).forEach(line -> System.err.println("  " + line));
        }
        if (notReady.isEmpty()) {
            System.out.println(Welcome.text(state.get().portNumbers(), installation));
        }
        return notReady.isEmpty() ? 0 : 1;
    }
}
