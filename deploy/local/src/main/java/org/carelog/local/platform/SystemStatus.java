package org.carelog.local.platform;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.local.port.Port;
import org.carelog.local.process.Memory;
import org.carelog.local.supervisor.PartState;
import org.carelog.local.supervisor.PartStatus;
import org.carelog.local.supervisor.ProcessMark;

/**
 * What {@code carelog status} shows; as JSON its names are a promise.
 *
 * @param state of the whole: {@code starting}, {@code up} when all parts are ready, {@code degraded} when one is not,
 *     {@code stopping}, {@code stopped}, {@code failed}
 * @param reason why it failed; empty when it did not
 * @param data where its data is
 * @param launcher the process that watches the others
 */
public record SystemStatus(
        String state,
        String reason,
        String data,
        String fhirBase,
        Launcher launcher,
        Map<String, Integer> ports,
        List<PartLine> parts) {

    /** @param pid 0 when there is none */
    public record Launcher(long pid, long residentBytes, String since) {}

    /**
     * One part.
     *
     * @param pid 0 when there is no process
     * @param residentBytes 0 when there is no process or the system does not tell
     * @param restarts how often it was started again after it died
     * @param since when it came into this state
     */
    public record PartLine(
            @JsonProperty("part") String name,
            PartState state,
            long pid,
            int port,
            long residentBytes,
            int restarts,
            String since,
            String log) {}

    /** As things are now; empty when nothing was ever started here. */
    public static Optional<SystemStatus> of(Installation installation) throws IOException {
        return new StateFile(installation.state()).read().map(state -> of(state, installation));
    }

    private static SystemStatus of(SystemState state, Installation installation) {
        Optional<ProcessHandle> launcher = state.launcher();
        List<PartLine> parts = state.parts().stream()
                .map(part -> line(part, launcher.isPresent()))
                .toList();
        return new SystemStatus(
                word(state, launcher.isPresent()),
                state.reason(),
                installation.data().toString(),
                "http://localhost:" + state.portNumbers().number(Port.GATEWAY) + "/fhir",
                new Launcher(
                        launcher.map(ProcessHandle::pid).orElse(0L),
                        launcher.map(process -> Memory.residentBytes(process.pid()))
                                .orElse(0L),
                        state.since()),
                state.ports(),
                parts);
    }

    /** Whether every part is ready. */
    public boolean isWell() {
        return state.equals("up");
    }

    private static String word(SystemState state, boolean launched) {
        return switch (state.phase()) {
            case UP -> {
                boolean ready = state.parts().stream().allMatch(part -> part.state() == PartState.READY);
                yield !launched ? Phase.STOPPED.word() : ready ? Phase.UP.word() : "degraded";
            }
            case STARTING, STOPPING -> launched ? state.phase().word() : Phase.STOPPED.word();
            case STOPPED, FAILED -> state.phase().word();
        };
    }

    private static PartLine line(PartStatus part, boolean launched) {
        Optional<ProcessHandle> process = ProcessMark.find(part.pid(), part.mark());
        return new PartLine(
                part.name(),
                launched || part.state() == PartState.FAILED ? part.state() : PartState.STOPPED,
                process.map(ProcessHandle::pid).orElse(0L),
                part.port(),
                process.map(Memory::residentBytes).orElse(0L),
                part.restarts(),
                part.since(),
                part.log());
    }
}
