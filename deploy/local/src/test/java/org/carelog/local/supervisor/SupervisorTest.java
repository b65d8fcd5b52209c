package org.carelog.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carelog.local.process.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: shells that write down when they begin and when they are asked to end. */
class SupervisorTest {

    @TempDir
    private Path directory;

    private final List<String> news = new CopyOnWriteArrayList<>();
    private volatile List<PartStatus> statuses = List.of();
    private Supervisor supervisor;

    @AfterEach
    void stop() {
        if (supervisor != null) {
            supervisor.stop();
        }
    }

    @Test
    void aPartIsStartedWhenThoseItNeedsAreReady() throws Exception {
        // Given
        supervise(part("service", "database"), part("database"));

        // When
        supervisor.start();

        // Then
        assertThat(happened()).containsExactly("begin database", "begin service");
        assertThat(statuses).extracting(PartStatus::state).containsOnly(PartState.READY);
    }

    @Test
    void theStopGoesTheOtherWayRound() throws Exception {
        // Given
        supervise(part("service", "database"), part("database"));
        supervisor.start();

        // When
        supervisor.stop();

        // Then
        assertThat(happened()).containsExactly("begin database", "begin service", "end service", "end database");
        assertThat(statuses).extracting(PartStatus::state).containsOnly(PartState.STOPPED);
        assertThat(statuses).extracting(PartStatus::pid).containsOnly(0L);
    }

    @Test
    void aPartThatIsKilledIsReportedAndStartedAgain() throws Exception {
        // Given
        supervise(part("service"));
        supervisor.start();
        long killed = status("service").pid();

        // When
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        // Then
        await().until(() -> status("service").state() == PartState.READY
                && status("service").restarts() == 1);
        assertThat(status("service").pid()).isNotEqualTo(killed);
        assertThat(news)
                .anyMatch(sentence -> sentence.startsWith("service was ended by signal 9; it is started again"));
    }

    @Test
    void aPartThatEndsBeforeItWasEverReadyEndsTheStartWithTheReasonAndItsLog() throws Exception {
        // Given
        TestPart broken = new TestPart("broken", Set.of(), log("broken"), "exit 3", directory.resolve("never"));
        supervise(part("database"), broken);

        // When, Then
        assertThatThrownBy(() -> supervisor.start()).isInstanceOfSatisfying(CannotStartException.class, e -> {
            assertThat(e).hasMessage("broken ended by itself with exit code 3.");
            assertThat(e.log()).contains(log("broken"));
        });
    }

    @Test
    void aPartThatCannotBePreparedEndsTheStartWithTheReason() throws Exception {
        // Given
        supervise(new TestPart("broken", Set.of(), log("broken"), "exit 0", directory.resolve("never")) {
            @Override
            public Command prepare() {
                throw new IllegalStateException("it was not built");
            }
        });

        // When, Then
        assertThatThrownBy(() -> supervisor.start()).hasMessage("broken cannot be started: it was not built.");
    }

    @Test
    void aPartThatDoesNotAnswerInTimeIsKilled() throws Exception {
        // Given
        supervise(new TestPart("mute", Set.of(), log("mute"), "sleep 600", directory.resolve("never")) {
            @Override
            public Duration patience() {
                return Duration.ofMillis(300);
            }
        });

        // When, Then
        assertThatThrownBy(() -> supervisor.start()).hasMessage("mute did not answer within 0.3 s.");
        assertThat(statuses.getFirst().pid()).isZero();
    }

    @Test
    void aStopWhileThingsStartLeavesNothingRunning() throws Exception {
        // Given
        supervise(
                new TestPart("slow", Set.of(), log("slow"), "sleep 600", directory.resolve("never")),
                part("service", "slow"));
        Thread start = Thread.ofVirtual().start(() -> {
            try {
                supervisor.start();
            } catch (CannotStartException | InterruptedException e) {
                news.add("not stopped: " + e);
            }
        });
        await().until(() -> !statuses.isEmpty() && status("slow").pid() != 0);
        ProcessHandle slow = ProcessHandle.of(status("slow").pid()).orElseThrow();

        // When
        supervisor.stop();

        // Then
        assertThat(start.join(Duration.ofMinutes(1))).isTrue();
        assertThat(slow.isAlive()).isFalse();
        assertThat(happened()).isEmpty();
        assertThat(news).noneMatch(sentence -> sentence.startsWith("not stopped"));
    }

    private void supervise(Part... parts) {
        supervisor = new Supervisor(List.of(parts), (all, status, sentence) -> {
            statuses = all;
            news.add(status.name() + " " + sentence);
        });
    }

    /** Begins and ends in the order that {@link #happened} shows; it answers as soon as it has begun. */
    private TestPart part(String name, String... needs) {
        Path ready = directory.resolve(name + ".ready");
        String script = """
                trap 'echo end %1$s >> %2$s; rm -f %3$s; exit 0' TERM
                echo begin %1$s >> %2$s
                touch %3$s
                while true; do sleep 600 & wait $!; done
                """.formatted(name, directory.resolve("happened"), ready);
        return new TestPart(name, Set.of(needs), log(name), script, ready);
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private PartStatus status(String name) {
        return statuses.stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> happened() throws Exception {
        Path file = directory.resolve("happened");
        return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : List.of();
    }

    /** A shell script that works while a file is there. */
    private static class TestPart implements Part {
        private final String name;
        private final Set<String> needs;
        private final Path log;
        private final String script;
        private final Path ready;

        TestPart(String name, Set<String> needs, Path log, String script, Path ready) {
            this.name = name;
            this.needs = needs;
            this.log = log;
            this.script = script;
            this.ready = ready;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public Path log() {
            return log;
        }

        @Override
        public Set<String> needs() {
            return needs;
        }

        @Override
        public Command prepare() throws Exception {
            Files.deleteIfExists(ready);
            return new Command(List.of("sh", "-c", script), Map.of(), log);
        }

        @Override
        public boolean answers() {
            return Files.exists(ready);
        }
    }
}
