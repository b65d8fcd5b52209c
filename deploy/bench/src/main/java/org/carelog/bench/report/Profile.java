package org.carelog.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carelog.local.process.Jdk;

/** Flight Recorder in another JVM, while this is open; the file is there when it is closed. */
public final class Profile implements AutoCloseable {

    private static final String NAME = "name=carelog-bench";

    private final String pid;
    private final Path recording;

    /**
     * @param delay seconds until it begins
     * @param recording the file that gets it
     * @throws IOException when the JVM cannot be asked
     */
    public Profile(long pid, int delay, Path recording) throws IOException, InterruptedException {
        this.pid = Long.toString(pid);
        this.recording = recording.toAbsolutePath();
        run("jcmd", this.pid, "JFR.start", NAME, "settings=profile", "delay=" + delay + "s");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("jcmd", pid, "JFR.stop", NAME, "filename=" + recording);
    }

    /** Flight Recorder's own view: which methods were at work themselves. */
    static String hottestMethods(Path recording) throws IOException, InterruptedException {
        return run("jfr", "view", "--width", "140", "--truncate", "beginning", "hot-methods", recording.toString());
    }

    private static String run(String program, String... arguments) throws IOException, InterruptedException {
        Path path = Jdk.program(program);
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
