package org.carelog.local.platform;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/** What the launcher tells: with the time into its log, and without to whoever looks on. Thread-safe. */
final class Report {

    private static final String NOTE = "! ";

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
        write("", sentence);
        onlooker.accept(sentence);
    }

    void say(String part, String news) {
        say(String.format("%-18s %s", part, news));
    }

    /** For the log alone: whoever looks on learns it in another way. */
    synchronized void note(String text) {
        text.lines().forEach(line -> write(NOTE, line));
    }

    /** What an onlooker is told of a line of the log. */
    static Optional<String> told(String line) {
        int time = line.indexOf(' ');
        String sentence = line.substring(time + 1);
        return sentence.startsWith(NOTE) ? Optional.empty() : Optional.of(sentence);
    }

    private void write(String mark, String line) {
        log.println(OffsetDateTime.now().truncatedTo(ChronoUnit.MILLIS) + " " + mark + line);
    }
}
