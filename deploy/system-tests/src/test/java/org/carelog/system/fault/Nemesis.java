package org.carelog.system.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.PartStatus;
import org.carelog.system.workload.AttemptLog;
import org.carelog.system.workload.Tally;

/** Harms a system under load, one blow after the other, each when the one before is overcome. */
final class Nemesis {
    private static final List<String> WRITTEN_TO = List.of("patient-service", "encounter-service");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Carelog carelog;
    private final AttemptLog log;
    private final long calm;

    /** @param calm so many writes are acknowledged by each service between two blows */
    Nemesis(Carelog carelog, AttemptLog log, long calm) {
        this.carelog = carelog;
        this.log = log;
        this.calm = calm;
    }

    Step strike(Blow blow) throws Exception {
        awaitWrites(calm);
        Instant began = Instant.now();
        Tally before = log.tally();
        switch (blow) {
            case Blow.Kill kill -> kill(kill.part());
            case Blow.Pause pause -> pause(pause.part());
        }
        Duration back = Duration.between(began, Instant.now());
        awaitWrites(calm / 2);
        return new Step(
                blow, back, Duration.between(began, Instant.now()), log.tally().since(before));
    }

    private void kill(String part) {
        PartStatus before = carelog.part(part);
        ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
        await(part + " is started again")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> isStartedAgain(before));
    }

    private boolean isStartedAgain(PartStatus before) {
        PartStatus now = carelog.part(before.name());
        return now.pid() != before.pid() && now.isReady();
    }

    private void pause(String part) throws Exception {
        long pid = carelog.part(part).pid();
        signal(pid, "STOP");
        try {
            awaitWrites(calm);
        } finally {
            signal(pid, "CONT");
        }
    }

    private static void signal(long pid, String signal) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill -" + signal + " " + pid + " failed");
        }
    }

    /** Until each service has acknowledged so many more. */
    private void awaitWrites(long more) {
        for (String service : WRITTEN_TO) {
            long wanted = log.writes(service) + more;
            await(service + " acknowledges writes")
                    .atMost(PATIENCE)
                    .pollInterval(BETWEEN_LOOKS)
                    .until(() -> log.writes(service) >= wanted);
        }
    }
}
