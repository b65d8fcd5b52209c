package org.carelog.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A file with the classes of a program as they are after a start, loaded and linked, so that the next start need not do it
 * again: the virtual machine's ahead-of-time cache (JEP 483 and 514). A start for nothing else makes it; where {@link
 * ClassArchive} suffices, that one costs less.
 *
 * @param file goes when the program is built anew
 */
public record StartCache(Path file) {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Starts the program, waits until it is ready and stops it, which takes several times as long as a usual start. There is
     * no cache when it does not get ready: what is wrong shows when it is started in earnest.
     */
    public void make(Command command, BooleanSupplier ready) throws IOException, InterruptedException {
        Path unfinished = file.resolveSibling(
                file.getFileName() + "-" + ProcessHandle.current().pid());
        ChildProcess training = ChildProcess.start(command.withOptions(List.of("-XX:AOTCacheOutput=" + unfinished)));
        try {
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!ready.getAsBoolean()) {
                if (!training.isAlive() || Instant.now().isAfter(deadline)) {
                    return;
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
            training.stop(PATIENCE);
            // A virtual machine that has no room for it, or not the time, writes none.
            if (Files.exists(unfinished)) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            training.kill();
            Files.deleteIfExists(unfinished);
        }
    }

    /** The command of a start with the cache; one that is not there, or was made by another Java or of other files, is left aside. */
    public Command of(Command command) {
        return command.withOptions(List.of("-XX:AOTCache=" + file, "-Xlog:cds*=off,aot*=off"));
    }
}
