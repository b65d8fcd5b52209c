package org.carelog.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a JVM spends its time, by Flight Recorder. */
public final class Profile {

    private static final String NAME = "name=carelog-bench";

    private final long pid;
    private final Path recording;

    /**
     * @param delay seconds until it begins
     * @param recording the file that gets it
     * @throws IOException when the JVM cannot be asked
     */
    public Profile(long pid, int delay, Path recording) throws IOException, InterruptedException {
        this.pid = pid;
        this.recording = recording.toAbsolutePath();
        run("jcmd", Long.toString(pid), "JFR.start", NAME, "settings=profile", "delay=" + delay + "s");
    }

    /** Ends it, and gives its hottest methods as a table. */
    public String hottestMethods() throws IOException, InterruptedException {
        run("jcmd", Long.toString(pid), "JFR.stop", NAME, "filename=" + recording);
        return run("jfr", "view", "--width", "140", "--truncate", "beginning", "hot-methods", recording.toString());
    }

    private static String run(String program, String... arguments) throws IOException, InterruptedException {
        Path path = Path.of(System.getProperty("java.home"), "bin", program);
        if (Files.notExists(path)) {
            throw new IOException("There is no " + path + ": a profile needs a JDK.");
        }
        List<String> line = new ArrayList<>(List.of(path.toString()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed: " + said.strip());
        }
        return said;
    }
}
