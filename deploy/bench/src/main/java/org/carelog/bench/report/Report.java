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
    private final Map<String, String> profiles = new LinkedHashMap<>();

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

    public void result(Result result) throws IOException {
        results.add(result);
        Files.writeString(file(result.name() + ".svg"), ResultPlot.of(result));
    }

    /** @param perResource bytes by {@code database.table} */
    public void stored(Map<String, Double> perResource) {
        storedBytesPerResource.putAll(perResource);
    }

    public void profile(String name, String hottestMethods) throws IOException {
        profiles.put(name, hottestMethods);
        Files.writeString(file(name + "-profile.txt"), hottestMethods);
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
        profiles.forEach((name, methods) -> text.append('\n').append(name).append(methods));
        return text.append("\nPlots and figures: ")
                .append(directory)
                .append('\n')
                .toString();
    }
}
