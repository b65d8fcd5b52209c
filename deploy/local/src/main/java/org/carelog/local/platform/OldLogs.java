package org.carelog.local.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the logs of the run before, and no more. */
final class OldLogs {

    private OldLogs() {}

    static void setAside(Path logs) throws IOException {
        if (Files.notExists(logs)) {
            return;
        }
        List<Path> current;
        try (Stream<Path> files = Files.list(logs)) {
            current = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : current) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
