package org.carelog.local.platform;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** What the launcher tells: with the time into its log, and without to whoever looks on. Thread-safe. */
final class Report {

    private final PrintWriter log;
    private final Consumer<String> onlooker;

    Report(Path log, Consumer<String> onlooker) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            this.log = new PrintWriter(
                    Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.onlooker = onlooker;
    }

    synchronized void say(String sentence) {
        log.println(OffsetDateTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + sentence);
        onlooker.accept(sentence);
    }

    void say(String part, String news) {
        say(String.format("%-18s %s", part, news));
    }

    /** A line of the log without its time. */
    static String withoutTime(String line) {
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(space + 1);
    }
}
