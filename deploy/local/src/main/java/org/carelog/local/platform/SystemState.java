package org.carelog.local.platform;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.supervisor.PartStatus;
import org.carelog.local.supervisor.ProcessMark;

/**
 * What runs, as the launcher writes it down for the other commands.
 *
 * @param phase of the system as a whole
 * @param reason why it failed; empty when it did not
 * @param failedLog the log that tells more; empty when there is none
 * @param launcherPid the process that starts and watches the others
 * @param launcherMark when it was started, see {@link ProcessMark}
 * @param ports by {@link Port#key}, of the first copies
 */
public record SystemState(
        Phase phase,
        String reason,
        String failedLog,
        long launcherPid,
        long launcherMark,
        String since,
        Map<String, Integer> ports,
        Scale scale,
        List<PartStatus> parts) {

    /** An earlier release's launcher had one of each. */
    public SystemState {
        scale = scale == null ? Scale.SINGLE : scale;
    }

    /** Whether the launcher that wrote this still runs. */
    @JsonIgnore
    public boolean isLauncherAlive() {
        return launcher().isPresent();
    }

    Optional<ProcessHandle> launcher() {
        return ProcessMark.find(launcherPid, launcherMark);
    }

    /** The processes of the parts that run. */
    List<ProcessHandle> processes() {
        return parts.stream()
                .flatMap(part -> ProcessMark.find(part.pid(), part.mark()).stream())
                .toList();
    }

    /** The numbers the ports have. */
    public Ports portNumbers() {
        return Ports.ofKeys(ports).at(scale);
    }
}
