package org.carelog.local.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.carelog.local.port.PortException;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.process.FreePort;
import org.carelog.local.service.ServiceProgram;
import org.carelog.local.supervisor.CannotStartException;
import org.carelog.local.supervisor.PartStatus;
import org.carelog.local.supervisor.ProcessMark;
import org.carelog.local.supervisor.Supervisor;

/**
 * One run of the system in this process, which starts, watches and stops all others. Whoever makes one has the
 * {@link DataLock}.
 */
public final class Launch {

    private final Installation installation;
    private final Ports ports;
    private final Report report;
    private final StateFile file;
    private final Instant began = Instant.now();
    private final Object stopping = new Object();
    private boolean stopped;
    private volatile Supervisor supervisor;
    private List<PartStatus> parts = List.of();
    private Phase phase = Phase.STARTING;
    private String reason = "";
    private String failedLog = "";

    private Launch(Installation installation, Ports ports, Report report) {
        this.installation = installation;
        this.ports = ports;
        this.report = report;
        this.file = new StateFile(installation.state());
    }

    /**
     * Starts everything and returns when all of it works. It is stopped when this process ends, or by {@link #stop}.
     *
     * @param scale tells from the brokers of the data how much of everything there is to be
     * @param onlooker told in sentences what happens
     * @throws CannotStartException when something does not start; whatever was started is stopped again
     */
    public static Launch start(
            Installation installation,
            Map<String, String> environment,
            IntFunction<Scale> scale,
            Consumer<String> onlooker)
            throws CannotStartException, IOException, InterruptedException {
        Leftovers.stop(installation, onlooker);
        OldLogs.setAside(installation.logs());
        Report report = new Report(installation.launcherLog(), onlooker);
        Ports ports;
        try {
            ports = Ports.of(environment).at(scale.apply(installation.brokers()));
        } catch (PortException | IllegalArgumentException e) {
            Launch none = new Launch(installation, Ports.usual(), report);
            throw none.failed(new CannotStartException(e.getMessage()));
        }
        Launch launch = new Launch(installation, ports, report);
        try {
            launch.start(environment.getOrDefault(ServiceProgram.OPTIONS, ""));
        } catch (CannotStartException e) {
            throw launch.failed(e);
        } catch (PortException e) {
            throw launch.failed(new CannotStartException(e.getMessage()));
        } catch (IOException e) {
            throw launch.failed(new CannotStartException("Carelog cannot be started: " + sentence(e)));
        }
        return launch;
    }

    private void start(String serviceOptions)
            throws CannotStartException, PortException, IOException, InterruptedException {
        write();
        ports.requireFree(FreePort::isFree);
        supervisor =
                new Supervisor(new Platform(installation, ports).parts(serviceOptions, report::say), this::changed);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        supervisor.start();
        if (enter(Phase.STARTING, Phase.UP)) {
            report.say("Everything works, %.1f s after the start."
                    .formatted(Duration.between(began, Instant.now()).toMillis() / 1000.0));
        }
    }

    /** False when it was stopped while it started. */
    public synchronized boolean isUp() {
        return phase == Phase.UP;
    }

    public Ports ports() {
        return ports;
    }

    /** Returns when everything is being stopped. */
    public void awaitStop() throws InterruptedException {
        supervisor.awaitStop();
    }

    /** Stops everything in order. Returns when all processes are gone, also when another thread stops them. */
    public void stop() {
        synchronized (stopping) {
            if (stopped) {
                return;
            }
            stopped = true;
            boolean wasUp = enter(Phase.UP, Phase.STOPPING) || enter(Phase.STARTING, Phase.STOPPING);
            if (supervisor != null) {
                report.say("Stopping ...");
                supervisor.stop();
            }
            // What preparations may have left: an initdb, a build.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
            if (wasUp) {
                enter(Phase.STOPPING, Phase.STOPPED);
                report.say("Stopped.");
            }
        }
    }

    private CannotStartException failed(CannotStartException e) {
        synchronized (this) {
            reason = e.getMessage();
            failedLog = e.log().map(Path::toString).orElse("");
            phase = Phase.FAILED;
        }
        report.note(e.getMessage());
        stop();
        write();
        return e;
    }

    private static String sentence(IOException e) {
        return e instanceof NoSuchFileException missing ? "there is no " + missing.getFile() : e.getMessage();
    }

    private void changed(List<PartStatus> all, PartStatus status, String news) {
        synchronized (this) {
            parts = all;
            write();
        }
        if (!news.isEmpty()) {
            report.say(status.name(), news);
        }
    }

    private synchronized boolean enter(Phase from, Phase to) {
        if (phase != from) {
            return false;
        }
        phase = to;
        write();
        return true;
    }

    private synchronized void write() {
        ProcessHandle self = ProcessHandle.current();
        SystemState state = new SystemState(
                phase,
                reason,
                failedLog,
                self.pid(),
                ProcessMark.of(self),
                began.toString(),
                ports.keys(),
                ports.scale(),
                parts);
        try {
            file.write(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
