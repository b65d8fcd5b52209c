package org.carelog.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.port.Scale;
import org.carelog.local.supervisor.PartState;
import org.carelog.local.supervisor.PartStatus;
import org.carelog.local.supervisor.ProcessMark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private static final ProcessHandle SELF = ProcessHandle.current();

    @TempDir
    private Path directory;

    @Test
    void whatTheLauncherWroteIsReadByOthers() throws Exception {
        // Given
        StateFile file = new StateFile(directory.resolve("deep/state.json"));
        SystemState state = state(ProcessMark.of(SELF));

        // When
        file.write(state);

        // Then
        assertThat(file.read()).contains(state);
        assertThat(file.read().orElseThrow().portNumbers().number(Port.GATEWAY)).isEqualTo(8080);
    }

    @Test
    void beforeTheFirstStartThereIsNoState() throws Exception {
        // When, Then
        assertThat(new StateFile(directory.resolve("state.json")).read()).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsNoState() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("state.json"), "{\"phase\":");

        // When, Then
        assertThat(new StateFile(file).read()).isEmpty();
    }

    @Test
    void aProcessThatGotTheLaunchersNumberLaterIsNotTakenForIt() {
        // Given
        long before = ProcessMark.of(SELF) - 60_000;

        // When, Then
        assertThat(state(ProcessMark.of(SELF)).isLauncherAlive()).isTrue();
        assertThat(state(before).isLauncherAlive()).isFalse();
    }

    private static SystemState state(long mark) {
        PartStatus part = new PartStatus(
                "kafka",
                PartState.READY,
                SELF.pid(),
                mark,
                9092,
                1,
                Instant.now().toString(),
                "/logs/kafka.log");
        return new SystemState(
                Phase.UP,
                "",
                "",
                SELF.pid(),
                mark,
                Instant.now().toString(),
                Ports.usual().keys(),
                Scale.SINGLE,
                List.of(part));
    }
}
