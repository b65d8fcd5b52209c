package org.carelog.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;
import org.carelog.local.process.Command;
import org.carelog.local.process.Keeper;
import org.carelog.local.process.Processes;

/**
 * A server that stays up between test runs, started by the first that needs it. It ends itself after
 * {@value #IDLE_MINUTES} minutes without use. Any number of processes and threads may ask for it at once.
 */
final class WarmPart {

    private static final int IDLE_MINUTES = 10;
    private static final Duration BUSY = Duration.ofSeconds(30);

    /** How one kind of server is started and asked whether it is ready. */
    interface Server {
        /** Prepares the directory and says how to run the server; {@code facts} tells others how to reach it. */
        Command prepare(Path directory, Properties facts) throws Exception;

        boolean answers(Properties facts);
    }

    private final Path directory;
    private final Server server;
    private final Duration patience;
    private final Duration busy;
    private Properties facts;

    WarmPart(String name, Duration patience, Server server) {
        this(name, patience, BUSY, server);
    }

    /**
     * @param patience how long a start may take
     * @param busy how long one that runs may take to answer
     */
    WarmPart(String name, Duration patience, Duration busy, Server server) {
        this.directory = Checkout.warm().resolve(name);
        this.patience = patience;
        this.busy = busy;
        this.server = server;
    }

    /** How to reach the running server. */
    synchronized Properties running() {
        if (facts == null) {
            facts = foundOrStarted();
            Thread.ofPlatform().daemon().name("carelog-in-use").start(this::stayInUse);
        }
        return facts;
    }

    private Properties foundOrStarted() {
        try {
            try (ProcessLock _ = ProcessLock.of(directory.resolve("lock"))) {
                Keeper.touch(directory);
                Properties found = read();
                if (found != null && answersAfterAll(found)) {
                    return found;
                }
                return started();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the test server in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** On a busy machine a server may take its time; one that does not answer at all is ended, and makes way. */
    private boolean answersAfterAll(Properties found) {
        Optional<ProcessHandle> keeper = ProcessHandle.of(Long.parseLong(found.getProperty(Keeper.PID, "0")))
                .filter(ProcessHandle::isAlive);
        if (keeper.isEmpty()) {
            return false;
        }
        try {
            await(found, keeper.get(), busy, "the test server in " + directory);
            return true;
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            Processes.kill(keeper.get());
            return false;
        }
    }

    private Properties started() throws Exception {
        Properties fresh = new Properties();
        Command command = server.prepare(directory, fresh);
        ProcessHandle keeper = Keeper.start(directory, Duration.ofMinutes(IDLE_MINUTES), command);
        fresh.setProperty(Keeper.PID, Long.toString(keeper.pid()));
        // told at once: if this process is killed, the next one finds what it has started
        try (Writer writer = Files.newBufferedWriter(Keeper.state(directory))) {
            fresh.store(writer, null);
        }
        try {
            await(fresh, keeper, patience, command.line().getFirst() + ", log in " + command.log());
        } catch (RuntimeException e) {
            Processes.kill(keeper);
            throw e;
        }
        return fresh;
    }

    private void await(Properties facts, ProcessHandle keeper, Duration atMost, String what) {
        Awaitility.await("answer of " + what)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(50))
                .failFast("it has ended: " + what, () -> !keeper.isAlive())
                .until(() -> server.answers(facts));
    }

    private Properties read() throws IOException {
        if (Files.notExists(Keeper.state(directory))) {
            return null;
        }
        try (Reader reader = Files.newBufferedReader(Keeper.state(directory))) {
            Properties found = new Properties();
            found.load(reader);
            return found;
        }
    }

    private void stayInUse() {
        try {
            while (true) {
                Thread.sleep(Duration.ofMinutes(1));
                Keeper.touch(directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
