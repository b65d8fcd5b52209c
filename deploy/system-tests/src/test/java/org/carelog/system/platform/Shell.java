package org.carelog.system.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands in a directory, as at a terminal there. */
public record Shell(Path root, Map<String, String> environment) {

    /** @throws IllegalStateException when it takes longer; it is ended then */
    public Result run(Duration patience, List<String> command) {
        try {
            Path out = Files.createTempFile("carelog", ".out");
            Path err = Files.createTempFile("carelog", ".err");
            try {
                Process process = start(command, out, err);
                if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new IllegalStateException("%s did not end within %s; it said %s%s"
                            .formatted(command, patience, Files.readString(out), Files.readString(err)));
                }
                return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Process start(List<String> command, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CARELOG_"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
