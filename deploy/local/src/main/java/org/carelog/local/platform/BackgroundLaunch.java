package org.carelog.local.platform;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.carelog.local.process.Background;
import org.carelog.local.process.Jdk;
import org.carelog.local.supervisor.CannotStartException;

/** A launch in a process that outlives this one, watched until everything works. */
public final class BackgroundLaunch {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Installation installation;
    private final Consumer<String> onlooker;
    private final Process launcher;
    private final Path output;
    private int told;

    private BackgroundLaunch(Installation installation, Consumer<String> onlooker, Process launcher, Path output) {
        this.installation = installation;
        this.onlooker = onlooker;
        this.launcher = launcher;
        this.output = output;
    }

    /**
     * Starts a launcher and waits until everything works. Who ends this process before that ends the launch too.
     *
     * @param main the class with the command line
     * @param arguments that make it a {@link Launch}
     * @param onlooker told in sentences what happens
     * @throws CannotStartException when something does not start; nothing runs then
     */
    public static SystemState start(
            Installation installation, Class<?> main, List<String> arguments, Consumer<String> onlooker)
            throws CannotStartException, IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Jdk.program("java").toString());
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(arguments);
        Files.createDirectories(installation.logs());
        // Its own log it writes itself; this is for what a JVM says when it cannot go on.
        Path output = installation.logs().resolve("launcher.out");
        Process launcher = new ProcessBuilder(Background.line(line))
                .directory(installation.root().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Thread stop = new Thread(() -> stop(launcher), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        SystemState state = new BackgroundLaunch(installation, onlooker, launcher, output).await();
        Runtime.getRuntime().removeShutdownHook(stop);
        return state;
    }

    /** What was given up by Ctrl-C goes on in no background: it stops whatever it has started. */
    private static void stop(Process launcher) {
        launcher.destroy();
        launcher.onExit().join();
    }

    private SystemState await() throws CannotStartException, IOException, InterruptedException {
        while (true) {
            boolean ended = ended();
            Optional<SystemState> state =
                    new StateFile(installation.state()).read().filter(its -> its.launcherPid() == launcher.pid());
            if (state.isPresent()) {
                tell();
                switch (state.get().phase()) {
                    case UP -> {
                        return state.get();
                    }
                    case FAILED -> {
                        launcher.waitFor();
                        throw failure(state.get());
                    }
                    case STARTING, STOPPING, STOPPED -> {}
                }
            }
            if (ended) {
                throw new CannotStartException("The launcher ended before everything worked.", output);
            }
        }
    }

    private boolean ended() throws InterruptedException {
        try {
            launcher.onExit().get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException runs) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes on what the launcher wrote into its log since the last time. */
    private void tell() throws IOException {
        List<String> lines = Files.readAllLines(installation.launcherLog());
        lines.stream().skip(told).map(Report::told).flatMap(Optional::stream).forEach(onlooker);
        told = lines.size();
    }

    private static CannotStartException failure(SystemState state) {
        return new CannotStartException(
                state.reason(), state.failedLog().isEmpty() ? null : Path.of(state.failedLog()));
    }
}
