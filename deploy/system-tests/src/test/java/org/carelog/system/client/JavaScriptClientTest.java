package org.carelog.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** fhir-kit-client on Node.js: the steps are those of {@code round.mjs}. */
@Order(5)
@ExtendWith(RunningSystem.class)
class JavaScriptClientTest {
    private static final Pattern STEP = Pattern.compile("(?m)^ {2}async (\\w+)\\(\\) \\{$");

    @Test
    void fhirKitClientDoesItsWholeRound(Carelog carelog, @TempDir Path directory) throws IOException {
        // Given
        Path source = carelog.root().resolve("deploy/system-tests/src/test/javascript");
        Path script = NodePackages.install(source, "round.mjs", directory);
        // When
        Result round = Node.run(
                script, Map.of("FHIR_BASE", carelog.fhir().toString(), "TOKEN", new Tokens(carelog).of("registrar")));
        // Then
        System.out.println(round.out());
        assertThat(round.exitCode()).as("%s", round).isZero();
        assertThat(round.out().lines().filter(line -> line.startsWith("ok ")))
                .hasSizeGreaterThan(10)
                .containsExactlyElementsOf(steps(script));
    }

    private static List<String> steps(Path script) throws IOException {
        return STEP.matcher(Files.readString(script))
                .results()
                .map(step -> "ok " + step.group(1))
                .toList();
    }
}
