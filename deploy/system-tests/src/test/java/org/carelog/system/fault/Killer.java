package org.carelog.system.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.PartStatus;

/** What can be done to the processes of a system. Thread-safe, for different parts. */
public final class Killer {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Carelog carelog;
    private final Deaths deaths = new Deaths();

    public Killer(Carelog carelog) {
        this.carelog = carelog;
    }

    /** Whether it has not died too often of late. */
    public boolean mayDie(String part) {
        return deaths.mayDie(part);
    }

    /** {@code kill -9}. Returns when it is ready again. */
    public void kill(String part) {
        die(
                List.of(part),
                () -> ProcessHandle.of(carelog.part(part).pid()).orElseThrow().destroyForcibly());
    }

    /** Lets one of them die. Returns when it is ready again. */
    void die(List<String> parts, Runnable how) {
        String names = String.join(" or ", parts);
        await(names + " is ready")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> parts.stream().allMatch(part -> carelog.part(part).isReady()));
        List<PartStatus> before = parts.stream().map(carelog::part).toList();
        how.run();
        await(names + " is started again")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> before.stream().anyMatch(this::isStartedAgain));
        before.stream().filter(this::isStartedAgain).forEach(part -> deaths.died(part.name()));
    }

    private boolean isStartedAgain(PartStatus before) {
        PartStatus now = carelog.part(before.name());
        return now.pid() != before.pid() && now.isReady();
    }

    /** Has it stand still, with all its processes, and go on. */
    public void pause(String part, Duration time) throws Exception {
        try (AutoCloseable _ = still(List.of(part))) {
            Thread.sleep(time);
        }
    }

    /** Has them stand still, with all their processes, until it is closed. */
    AutoCloseable still(List<String> parts) throws Exception {
        List<String> pids = parts.stream()
                .map(part -> ProcessHandle.of(carelog.part(part).pid()).orElseThrow())
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(each -> Long.toString(each.pid()))
                .toList();
        signal("STOP", pids);
        return () -> signal("CONT", pids);
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
                .until(() -> carelog.parts().stream().allMatch(PartStatus::isReady));
    }
}
