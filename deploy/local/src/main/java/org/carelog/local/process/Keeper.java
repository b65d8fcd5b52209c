package org.carelog.local.process;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that runs a command for processes that come and go, and ends it when none has used it for a while. Whoever
 * uses the command touches the file {@code used}; whoever looks whether it runs holds the lock on the file
 * {@code lock}, as the keeper does when it decides to end.
 *
 * <p>It needs nothing but the JDK and this package, which {@link #start} copies: a build may replace the original.
 */
public final class Keeper {

    /** The name under which the {@link #state} tells the keeper's process id. */
    public static final String PID = "keeper";

    private static final String USED = "used";
    private static final String STATE = "state";

    private Keeper() {}

    /**
     * Starts a keeper in the background.
     *
     * @param directory of the files above and of the command's log
     * @param idle how long the command may be unused
     */
    public static ProcessHandle start(Path directory, Duration idle, Command command) throws IOException {
        Path classes = KeeperClasses.copied(directory);
        List<String> line = new ArrayList<>(List.of(
                Jdk.program("java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                Keeper.class.getName(),
                directory.toString(),
                idle.toString(),
                command.log().toString(),
                command.stopSignal(),
                Boolean.toString(command.refusesRoot())));
        line.addAll(command.line());
        touch(directory);
        ProcessBuilder builder = new ProcessBuilder(Background.line(line))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keeper.log").toFile());
        builder.environment().putAll(command.environment());
        return builder.start().toHandle();
    }

    /** Says that the command is in use now. */
    public static void touch(Path directory) throws IOException {
        Files.writeString(directory.resolve(USED), Instant.now().toString());
    }

    /** What whoever started the command wrote down for the others; the keeper that it names removes it when it ends. */
    public static Path state(Path directory) {
        return directory.resolve(STATE);
    }

    /** What {@link #start} runs: directory, patience, log, signal, whether it refuses root, then the command. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Duration idle = Duration.parse(arguments[1]);
        Command command = new Command(
                Arrays.asList(arguments).subList(5, arguments.length),
                Map.of(),
                Path.of(arguments[2]),
                arguments[3],
                Boolean.parseBoolean(arguments[4]));
        ChildProcess child = ChildProcess.start(command);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> child.stop(Duration.ofSeconds(10))));
        while (!ended(child)) {
            if (idleSince(directory, idle) && end(directory, idle, child)) {
                return;
            }
        }
        forget(directory);
    }

    private static boolean ended(ChildProcess child) throws Exception {
        try {
            child.exit().get(5, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException runs) {
            return false;
        }
    }

    private static boolean idleSince(Path directory, Duration idle) throws IOException {
        Path used = directory.resolve(USED);
        return Files.notExists(used)
                || Files.getLastModifiedTime(used).toInstant().plus(idle).isBefore(Instant.now());
    }

    private static boolean end(Path directory, Duration idle, ChildProcess child) throws IOException {
        try (RandomAccessFile file =
                        new RandomAccessFile(directory.resolve("lock").toFile(), "rw");
                FileLock lock = file.getChannel().lock()) {
            if (!lock.isValid() || !idleSince(directory, idle)) {
                return false;
            }
            forget(directory);
            child.stop(Duration.ofSeconds(10));
            return true;
        }
    }

    /** Removes what was written down of this keeper. Another one may have taken its place: what is told of that stays. */
    private static void forget(Path directory) throws IOException {
        Path state = state(directory);
        if (Files.notExists(state)) {
            return;
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(state)) {
            facts.load(reader);
        }
        if (Long.toString(ProcessHandle.current().pid()).equals(facts.getProperty(PID))) {
            Files.delete(state);
        }
    }
}
