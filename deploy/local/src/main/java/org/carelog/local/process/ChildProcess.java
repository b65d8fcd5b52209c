package org.carelog.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A process that this one started and that ends with it, where the system can do so. Thread-safe. */
public final class ChildProcess {

    // The kernel ends the child when the thread that started it ends: so one thread that never does starts them all.
    private static final ExecutorService PARENT = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("carelog-parent").factory());

    private final Process process;
    private final Command command;

    private ChildProcess(Process process, Command command) {
        this.process = process;
        this.command = command;
    }

    /** @throws IOException when the program cannot be run */
    public static ChildProcess start(Command command) throws IOException {
        return start(command, true);
    }

    static ChildProcess start(Command command, boolean endsWithParent) throws IOException {
        Files.createDirectories(command.log().toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(Privileges.line(command, endsWithParent))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
        builder.environment().keySet().removeIf(ChildProcess::isAnothersSetting);
        builder.environment().putAll(command.environment());
        try {
            Process process =
                    CompletableFuture.supplyAsync(() -> run(builder), PARENT).join();
            return new ChildProcess(process, command);
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException cause) {
                throw cause.getCause();
            }
            throw e;
        }
    }

    /** A Keycloak or PostgreSQL that the person at the terminal works with otherwise is none of ours. */
    private static boolean isAnothersSetting(String variable) {
        return variable.startsWith("KC_") || variable.startsWith("PG");
    }

    private static Process run(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes when the process has ended. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks the process to stop and, after the patience, kills it with all its descendants. Returns when it is gone. */
    public void stop(Duration patience) {
        Processes.stop(process.toHandle(), command.stopSignal(), patience);
    }

    /** Ends the process at once, as {@code kill -9} does. Returns when it is gone. */
    public void kill() {
        Processes.kill(process.toHandle());
    }
}
