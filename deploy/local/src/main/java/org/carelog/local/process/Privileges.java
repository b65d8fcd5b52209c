package org.carelog.local.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What to write before a command so that it may run as root, and ends with its parent, where the system can do so. */
final class Privileges {

    private static final ConcurrentHashMap<List<String>, Boolean> TRIED = new ConcurrentHashMap<>();
    private static final List<String> USER_NAMESPACE = List.of("unshare", "-U");

    private Privileges() {}

    /** The whole command line. */
    static List<String> line(Command command, boolean endsWithParent) {
        List<String> line = new ArrayList<>();
        if (endsWithParent) {
            // Ctrl-C is for us alone: we stop them, one after the other.
            line.addAll(Background.ownSession());
        }
        if (command.refusesRoot() && "root".equals(System.getProperty("user.name"))) {
            // In a namespace of its own the user has no number there, so it is not 0; files stay those of root.
            if (!works(USER_NAMESPACE)) {
                throw new IllegalStateException(
                        "PostgreSQL does not run as root, and this system lets no process have a user namespace"
                                + " (unshare -U). Run Carelog as an ordinary user.");
            }
            line.addAll(USER_NAMESPACE);
        }
        // Last: whatever changes the user clears this setting of the kernel's.
        List<String> tie = List.of("setpriv", "--pdeathsig", command.stopSignal());
        if (endsWithParent && works(tie)) {
            line.addAll(tie);
        }
        line.addAll(command.line());
        return line;
    }

    private static boolean works(List<String> prefix) {
        return TRIED.computeIfAbsent(prefix, p -> {
            List<String> trial = new ArrayList<>(p);
            trial.add("true");
            try {
                Process process = new ProcessBuilder(trial)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException absent) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
    }
}
