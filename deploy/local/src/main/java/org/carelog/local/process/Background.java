package org.carelog.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line that Ctrl-C in the terminal of its parent does not end. */
public final class Background {

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private Background() {}

    /** In a session of its own where there is {@code setsid}, otherwise deaf to the hang-up. */
    public static List<String> line(List<String> command) {
        List<String> line = new ArrayList<>(ownSession());
        if (line.isEmpty()) {
            line.add("nohup");
        }
        line.addAll(command);
        return line;
    }

    /** What to write before a command that is to have a session of its own; empty where that cannot be had. */
    static List<String> ownSession() {
        return Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();
    }
}
