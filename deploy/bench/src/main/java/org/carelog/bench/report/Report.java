package org.carelog.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gathers what was measured in a directory: a plot of each scenario as it comes, tables and figures at the end. */
public final class Report {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path directory;
    private final Map<String, Double> limits = new LinkedHashMap<>();
    private final List<Result> results = new ArrayList<>();
    private final Map<String, Double> storedBytesPerResource = new TreeMap<>();
    private final List<String> profiles = new ArrayList<>();

    private Report(Path directory) {
        this.directory = directory;
    }

    public static Report in(Path directory) throws IOException {
        return new Report(Files.createDirectories(directory));
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    /** What the machine does at most, a second. */
    public void limit(String what, double perSecond) {
        limits.put(what, perSecond);
    }

    public Result result(Result result) throws IOException {
        results.add(result);
        Files.writeString(file(result.name() + ".svg"), ResultPlot.of(result));
        return result;
    }

    /** @param perResource bytes by {@code database.table} */
    public void stored(Map<String, Double> perResource) {
        storedBytesPerResource.putAll(perResource);
    }

    /** Says where the time goes in a recording that is here. */
    public void profile(String title, Path recording) throws IOException, InterruptedException {
        String words = title + "\n\n" + OurMethods.in(recording);
        profiles.add(words);
        Files.writeString(
                recording.resolveSibling(recording.getFileName() + ".txt"),
                words + "\n" + Profile.hottestMethods(recording));
    }

    /** Whether something was answered otherwise than expected. */
    public boolean failed() {
        return results.stream().anyMatch(result -> !result.failures().isEmpty());
    }

    /** Writes {@code table.md} and {@code results.json}, and gives the former with the profiles. */
    public String finish() throws IOException {
        Machine machine = Machine.here();
        String tables = new Tables(machine, limits, results, storedBytesPerResource).text();
        Files.writeString(file("table.md"), tables);
        Files.write(
                file("results.json"),
                MAPPER.writerWithDefaultPrettyPrinter()
                        .writeValueAsBytes(Map.of(
                                "machine", machine,
                                "limits", limits,
                                "results", results,
                                "storedBytesPerResource", storedBytesPerResource)));
        StringBuilder text = new StringBuilder(tables);
        profiles.forEach(profile -> text.append('\n').append(profile));
        return text.append("\nPlots and figures: ")
                .append(directory)
                .append('\n')
                .toString();
    }
}
