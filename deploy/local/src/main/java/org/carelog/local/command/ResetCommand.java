package org.carelog.local.command;

import java.io.Console;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.carelog.local.platform.DataLock;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.Leftovers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code carelog reset}. Exit code 0 when the data is gone, 1 when it is still there. */
@Command(name = "reset", description = "Delete all data and logs; the next start begins anew.")
public final class ResetCommand implements Callable<Integer> {

    private final Installation installation;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    public ResetCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws IOException {
        Optional<DataLock> lock = DataLock.take(installation);
        if (lock.isEmpty()) {
            System.err.println("Carelog is running. Stop it before: ./carelog down");
            return 1;
        }
        try (DataLock _ = lock.get()) {
            if (!yes && !agreed()) {
                System.err.println("Nothing was deleted.");
                return 1;
            }
            Leftovers.stop(installation, System.out::println);
            installation.deleteData();
            System.out.println("All data of " + installation.data() + " is deleted.");
            return 0;
        }
    }

    private boolean agreed() {
        Console console = System.console();
        if (console == null) {
            System.err.println("Nobody can be asked here; --yes deletes without asking.");
            return false;
        }
        String answer = console.readLine("Delete all records, events and logs in %s? [y/N] ", installation.data());
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
