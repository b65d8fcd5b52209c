package org.carelog.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Predicate;
import org.carelog.local.process.Command;
import org.carelog.local.process.Keeper;
import org.carelog.local.process.Processes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmPartTest {

    private final String name = "trial-" + UUID.randomUUID();
    private Properties last = new Properties();

    /** A program that does nothing for a minute, and that the test says of whether it answers. */
    private record Sleeper(Predicate<Properties> answering) implements WarmPart.Server {
        @Override
        public Command prepare(Path directory, Properties facts) {
            facts.setProperty("name", UUID.randomUUID().toString());
            return new Command(List.of("sleep", "60"), Map.of(), directory.resolve("log"));
        }

        @Override
        public boolean answers(Properties facts) {
            return answering.test(facts);
        }
    }

    @AfterEach
    void end() {
        keeper(last).ifPresent(Processes::kill);
    }

    @Test
    void theServerThatRunsIsFound() {
        // Given
        Properties first = asked(_ -> true);

        // When
        Properties second = asked(_ -> true);

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aServerThatDoesNotAnswerAnyMoreMakesWay() {
        // Given
        Properties first = asked(_ -> true);

        // When
        Properties second = asked(facts -> !facts.equals(first));

        // Then
        assertThat(second).isNotEqualTo(first);
        assertThat(keeper(first)).isEmpty();
        assertThat(keeper(second)).isPresent();
    }

    @Test
    void aKeeperThatWasKilledIsNotWaitedFor() {
        // Given
        Properties first = asked(_ -> true);
        Processes.kill(keeper(first).orElseThrow());

        // When
        Properties second = asked(_ -> true);

        // Then
        assertThat(second).isNotEqualTo(first);
    }

    private Properties asked(Predicate<Properties> answering) {
        last = new WarmPart(name, Duration.ofSeconds(20), Duration.ofSeconds(1), new Sleeper(answering)).running();
        return last;
    }

    private static Optional<ProcessHandle> keeper(Properties facts) {
        return ProcessHandle.of(Long.parseLong(facts.getProperty(Keeper.PID))).filter(ProcessHandle::isAlive);
    }
}
