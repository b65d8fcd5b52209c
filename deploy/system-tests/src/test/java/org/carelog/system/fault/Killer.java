package org.carelog.system.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.PartStatus;

/** What can be done to the processes of a system. Thread-safe, for different parts. */
public final class Killer {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final List<String> PARTS = List.of(
            "postgres", "kafka", "keycloak", "patient-service", "encounter-service", "audit-service", "gateway");

    private final Carelog carelog;
    private final Deaths deaths = new Deaths();

    public Killer(Carelog carelog) {
        this.carelog = carelog;
    }

    /** Whether it would be started again. */
    public boolean mayDie(String part) {
        return deaths.mayDie(part);
    }

    /** {@code kill -9}. Returns when it is ready again. */
    public void kill(String part) {
        die(part, status -> ProcessHandle.of(status.pid()).orElseThrow().destroyForcibly());
    }

    /** Lets it die. Returns when it is ready again. */
    void die(String part, Consumer<PartStatus> how) {
        await(part + " is ready")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> carelog.part(part).isReady());
        PartStatus before = carelog.part(part);
        how.accept(before);
        await(part + " is started again")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> isStartedAgain(before));
        deaths.died(part);
    }

    private boolean isStartedAgain(PartStatus before) {
        PartStatus now = carelog.part(before.name());
        return now.pid() != before.pid() && now.isReady();
    }

    /** Has it stand still, with all its processes, and go on. */
    public void pause(String part, Duration time) throws Exception {
        ProcessHandle process = ProcessHandle.of(carelog.part(part).pid()).orElseThrow();
        List<String> pids = Stream.concat(Stream.of(process), process.descendants())
                .map(each -> Long.toString(each.pid()))
                .toList();
        signal("STOP", pids);
        try {
            Thread.sleep(time);
        } finally {
            signal("CONT", pids);
        }
    }

    private static void signal(String signal, List<String> pids) throws Exception {
        List<String> line = new ArrayList<>(List.of("kill", "-" + signal));
        line.addAll(pids);
        // one of PostgreSQL's may have ended meanwhile
        new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Returns when every part is ready. */
    public void awaitRecovery() {
        await("every part is ready")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> PARTS.stream().allMatch(part -> carelog.part(part).isReady()));
    }
}
