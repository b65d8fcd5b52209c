package org.carelog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.carelog.local.platform.Installation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CarelogTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "up",
                "down",
                "status",
                "logs",
                "reset",
                "token",
                "load",
                "consume",
                "demo",
                "audit",
                "audit reconcile",
                "audit retention",
                "verify",
                "parked",
                "parked list",
                "parked redrive",
                "parked discard",
                "rebuild"
            })
    void eachCommandExplainsItself(String command) {
        assertThat(told((command + " --help").strip())).startsWith(("Usage: carelog " + command).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "help audit"})
    void helpIsACommandToo(String command) {
        assertThat(told(command)).startsWith("Usage: carelog");
    }

    /** What a command that succeeds prints. */
    private String told(String command) {
        StringWriter out = new StringWriter();
        CommandLine line = Carelog.commandLine(Installation.of(Map.of("CARELOG_ROOT", root.toString())))
                .setOut(new PrintWriter(out));
        assertThat(line.execute(command.split(" "))).isZero();
        return out.toString();
    }
}
