package org.carelog.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.bench.limit.Limit;

/**
 * Tells what was measured as soon as it is, in words and in the files of a directory: a run that is cut keeps what it has,
 * and one that ends has all of it in one table.
 */
public final class Report {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;
    private final PrintStream out;
    private final Machine machine = Machine.here();
    private final Map<String, Double> limits = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private StoredBytes stored = StoredBytes.NOTHING;

    private Report(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    /** @param out gets the words */
    public static Report in(Path directory, PrintStream out) throws IOException {
        return new Report(Files.createDirectories(directory), out);
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** @param perSecond what the machine does at most */
    public void limits(Map<Limit, Double> perSecond) throws IOException {
        perSecond.forEach((limit, most) -> limits.put(limit.words(), most));
        out.println(tables().ofTheMachine());
        write();
    }

    public Result result(Result result) throws IOException {
        results.add(result);
        out.println(Tables.ofScenarios(List.of(result)));
        Files.writeString(file(result.name() + ".svg"), ResultPlot.of(result));
        write();
        return result;
    }

    public void stored(StoredBytes perResource) {
        stored = perResource;
    }

    /** Says where the time goes in a recording that is here. */
    public void profile(String title, Path recording) throws IOException, InterruptedException {
        String words = title + "\n\n" + OurMethods.in(recording);
        out.println(words);
        Files.writeString(
                recording.resolveSibling(recording.getFileName() + ".txt"),
                words + "\n" + Profile.hottestMethods(recording));
    }

    /** Whether something was answered otherwise than expected. */
    public boolean failed() {
        return results.stream().anyMatch(result -> !result.failures().isEmpty());
    }

    /** Tells everything once more, together. */
    public void finish() {
        out.println(tables().text());
        out.println("Plots and figures: " + directory);
    }

    private void write() throws IOException {
        Files.writeString(file("table.md"), tables().text());
        Files.write(
                file("results.json"),
                MAPPER.writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(Map.of(
                                "machine", machine,
                                "limits", limits,
                                "results", results,
                                "storedBytesPerResource", stored.tables())));
    }

    private Tables tables() {
        return new Tables(machine, limits, results, stored);
    }
}
