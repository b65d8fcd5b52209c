package org.carelog.local.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a child process is started and asked to stop.
 *
 * @param line program and arguments
 * @param environment variables added to this process's own, without those of another Keycloak or PostgreSQL
 * @param log gets both output streams, appended
 * @param stopSignal the signal that stops it in good order, such as {@code TERM}
 * @param refusesRoot the program does not run as root: it then gets a user namespace of its own
 */
public record Command(
        List<String> line, Map<String, String> environment, Path log, String stopSignal, boolean refusesRoot) {

    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    /** A program that any user may run and that SIGTERM stops. */
    public Command(List<String> line, Map<String, String> environment, Path log) {
        this(line, environment, log, "TERM", false);
    }

    /** The same, with its output elsewhere. */
    public Command loggingTo(Path other) {
        return new Command(line, environment, other, stopSignal, refusesRoot);
    }

    /** The same program of a virtual machine, which is told more. */
    public Command withOptions(List<String> options) {
        List<String> longer = new ArrayList<>(line);
        longer.addAll(1, options);
        return new Command(longer, environment, log, stopSignal, refusesRoot);
    }

    /** Without the environment: it holds secrets. */
    @Override
    public String toString() {
        return String.join(" ", line);
    }
}
