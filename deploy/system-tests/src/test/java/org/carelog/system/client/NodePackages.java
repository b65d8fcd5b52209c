package org.carelog.system.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.Shell;

/** Packages that npm fetches, in the versions and with the digests of the lock file. */
final class NodePackages {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private NodePackages() {}

    /**
     * Copies a script and lays what it imports beside it. On a machine without npm the test is skipped.
     *
     * @param source has the script, {@code package.json} and {@code package-lock.json}
     * @return the copy
     */
    static Path install(Path source, String script, Path target) throws IOException {
        assumeTrue(isOnThePath("npm"), "npm, which fetches the JavaScript client, is not on the PATH");
        for (String file : List.of("package.json", "package-lock.json", script)) {
            Files.copy(source.resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Result npm = new Shell(target, Map.of())
                .run(PATIENCE, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        assertThat(npm.exitCode()).as("%s", npm).isZero();
        return target.resolve(script);
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
