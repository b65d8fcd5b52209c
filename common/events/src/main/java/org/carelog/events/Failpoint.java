package org.carelog.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a test can have the process die at once, as it may anyway: the places between which a version is written, sent and
 * done (docs/adr/0031). Nothing happens unless {@link #armBy} was told where to look. Thread-safe.
 */
enum Failpoint {
    /** All is written, nothing is committed. */
    BEFORE_COMMIT,
    /** A version is committed, and nobody was answered. */
    AFTER_COMMIT,
    /** An event is handed over to be sent. */
    AFTER_SEND,
    /** The broker has acknowledged an event. */
    AFTER_ACK,
    /** Events are acknowledged, their pointers still there. */
    BEFORE_DELETE;

    private static volatile Path arms;

    /**
     * From now on the process dies at a point for which there is a file.
     *
     * @param prefix what the name of that file begins with, before the {@link #word}
     */
    static void armBy(Path directory, String prefix) {
        arms = directory.resolve(prefix);
    }

    /** {@code before-commit}, {@code after-commit}, … */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Dies if the point is armed, and takes the file away: the next process goes on. */
    void reached() {
        Path prefix = arms;
        if (prefix != null && taken(prefix.resolveSibling(prefix.getFileName() + word()))) {
            Runtime.getRuntime().halt(137);
        }
    }

    private static boolean taken(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }
}
