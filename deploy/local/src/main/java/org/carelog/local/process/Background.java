package org.carelog.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command line that Ctrl-C in the terminal of its parent does not end. */
public final class Background {

    private Background() {}

    /** In a session of its own where there is {@code setsid}, otherwise deaf to the hang-up. */
    public static List<String> line(List<String> command) {
        List<String> line = new ArrayList<>();
        line.add(Files.isExecutable(Path.of("/usr/bin/setsid")) ? "/usr/bin/setsid" : "nohup");
        line.addAll(command);
        return line;
    }
}
