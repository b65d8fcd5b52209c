package org.carelog.local.supervisor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What the state file says of a part.
 *
 * @param pid 0 when there is no process
 * @param mark when the process was started, see {@link ProcessMark}
 * @param since when it came into this state
 * @param restarts how often it was started again after it died
 */
public record PartStatus(
        @JsonProperty("part") String name,
        PartState state,
        long pid,
        long mark,
        int port,
        int restarts,
        String since,
        String log) {

    static PartStatus waiting(Part part) {
        return new PartStatus(
                part.name(),
                PartState.WAITING,
                0,
                0,
                part.port(),
                0,
                now(),
                part.log().toString());
    }

    PartStatus in(PartState entered) {
        return new PartStatus(name, entered, pid, mark, port, restarts, now(), log);
    }

    PartStatus with(ProcessHandle process) {
        return new PartStatus(name, state, process.pid(), ProcessMark.of(process), port, restarts, since, log);
    }

    PartStatus withoutProcess() {
        return new PartStatus(name, state, 0, 0, port, restarts, since, log);
    }

    PartStatus startedAgain() {
        return new PartStatus(name, state, pid, mark, port, restarts + 1, since, log);
    }

    public Path logFile() {
        return Path.of(log);
    }

    private static String now() {
        return Instant.now().toString();
    }
}
