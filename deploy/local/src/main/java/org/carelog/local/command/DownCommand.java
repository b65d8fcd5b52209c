package org.carelog.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.Shutdown;
import picocli.CommandLine.Command;

/** {@code carelog down}. Exit code 0, also when nothing ran. */
@Command(name = "down", description = "Stop everything. The data stays.")
public final class DownCommand implements Callable<Integer> {

    private final Installation installation;

    public DownCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        System.out.println(
                Shutdown.of(installation, System.out::println) ? "Carelog is stopped." : "Carelog was not running.");
        return 0;
    }
}
