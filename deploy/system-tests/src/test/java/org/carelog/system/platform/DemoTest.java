package org.carelog.system.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a newcomer does first, to the letter. */
@Order(3)
@ExtendWith(RunningSystem.class)
class DemoTest {

    @Test
    void theDemoShowsAWriteItsEventItsCopyAndItsAuditEntry(Carelog carelog) {
        // Given: it runs
        // When
        Result demo = carelog.run("demo");
        // Then
        System.out.println(demo.out());
        assertThat(demo.exitCode()).as("%s", demo).isZero();
        assertThat(demo.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).matches("write +\\d+ ms .*Patient/[0-9a-f-]+, version 1"),
                        line -> assertThat(line).matches("event +\\+\\d+ ms .*carelog\\.patient\\.changed\\.v1.*"),
                        line -> assertThat(line).matches("copy +\\+\\d+ ms .*encounter-service.*version 1.*"),
                        line -> assertThat(line).matches("audit +\\+\\d+ ms .*AuditEvent/.*registrar.*"));
    }

    @Test
    void theCommandsOfTheReadmeWorkForWhoWritesAnApp(Carelog carelog) throws IOException {
        // Given
        String commands = readme(carelog, "## You write a clinical app");
        // When
        Result result = carelog.bash(commands);
        // Then
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).contains("\"family\":\"Example\"").contains("\"type\":\"searchset\"");
        assertThat(result.out()).doesNotContain("OperationOutcome");
    }

    @Test
    void theCommandsOfTheReadmeWorkForWhoWatchesOverAccess(Carelog carelog) throws IOException {
        // Given
        String commands = readme(carelog, "## You watch over access");
        // When
        Result result = carelog.bash(commands);
        // Then
        assertThat(result.exitCode()).as("%s", result).isZero();
        assertThat(result.out()).contains("\"resourceType\":\"AuditEvent\"").doesNotContain("OperationOutcome");
    }

    /** The indented lines behind a title, with the ports of this system. */
    private static String readme(Carelog carelog, String title) throws IOException {
        String readme = Files.readString(Path.of(carelog.root().toString(), "README.md"));
        StringBuilder commands = new StringBuilder();
        readme.substring(readme.indexOf(title) + title.length())
                .lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("    "))
                .forEach(line -> commands.append(line.substring(4)).append('\n'));
        assertThat(commands.toString()).contains("curl");
        return commands.toString().replace("localhost:8080", "localhost:" + carelog.port(8080));
    }
}
