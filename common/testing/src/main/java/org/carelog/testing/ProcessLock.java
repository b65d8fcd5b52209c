package org.carelog.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A lock that one test process has at a time. Others in the same virtual machine, with class loaders of their own, wait for it
 * too, which Java's own lock on a file does not.
 */
final class ProcessLock implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final RandomAccessFile file;

    private ProcessLock(RandomAccessFile file) {
        this.file = file;
    }

    /** @param path of a file that is made where it is missing, and left */
    static ProcessLock of(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            Awaitility.await("the lock " + path.getFileName())
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreException(OverlappingFileLockException.class)
                    .until(() -> file.getChannel().lock(), FileLock::isValid);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
        return new ProcessLock(file);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
