package org.carelog.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How much memory processes have. */
public final class Memory {

    private Memory() {}

    /**
     * What the process has resident, in bytes. When it has children (as PostgreSQL has) it is the share of all of them:
     * what they share counts once. 0 when it is gone or the system does not tell.
     */
    public static long residentBytes(ProcessHandle process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        if (descendants.isEmpty()) {
            return residentBytes(process.pid());
        }
        return share(process.pid())
                + descendants.stream().mapToLong(child -> share(child.pid())).sum();
    }

    /** What one process has resident, in bytes; 0 when it is gone or the system does not tell. */
    public static long residentBytes(long pid) {
        Path status = proc(pid, "status");
        return Files.exists(Path.of("/proc/self/status")) ? kilobytes(status, "VmRSS:") * 1024 : byPs(pid);
    }

    private static long share(long pid) {
        return kilobytes(proc(pid, "smaps_rollup"), "Pss:") * 1024;
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    private static long kilobytes(Path file, String field) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long byPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return ps.waitFor(5, TimeUnit.SECONDS) && !kilobytes.isEmpty() ? Long.parseLong(kilobytes) * 1024 : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
