package org.carelog.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file in which a virtual machine keeps the classes it loaded, to be up sooner the next time. It makes the file when
 * it ends in order, and anew when class path or Java have changed. Not for the tools of a program: they load other
 * classes, and what the first one keeps is all that the program would find from then on.
 */
public final class ClassArchive {

    private ClassArchive() {}

    /** The options for a virtual machine; the processes that share a file run the same program. */
    public static List<String> options(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file.toAbsolutePath(),
                // No archive yet, or not for this class path, is no news.
                "-Xlog:cds*=off,aot*=off");
    }
}
