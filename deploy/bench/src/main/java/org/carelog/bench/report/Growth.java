package org.carelog.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.carelog.bench.client.Percentiles;
import org.carelog.bench.client.Timeline;
import org.carelog.bench.report.Plot.Series;

/** What searches take at several sizes: a table, and a plot of each search, as far as they were measured. */
public final class Growth {

    private record Search(String words, SequencedMap<Integer, Percentiles> bySize) {

        List<Double> millis(double share) {
            return bySize.values().stream()
                    .map(latencies -> latencies.millis(share))
                    .toList();
        }

        double growth() {
            List<Double> medians = millis(0.50);
            return medians.getLast() / medians.getFirst();
        }
    }

    private final Path directory;
    private final PrintStream out;
    private final Map<String, Search> searches = new LinkedHashMap<>();
    private final Map<String, Long> failures = new TreeMap<>();

    /** @param out gets the table */
    public Growth(Path directory, PrintStream out) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.out = out;
    }

    /** @param size how many people there were */
    public void measured(String name, String words, int size, Timeline timeline) {
        searches.computeIfAbsent(name, _ -> new Search(words, new LinkedHashMap<>()))
                .bySize()
                .put(size, timeline.latencies());
        timeline.failures().forEach((how, many) -> failures.merge(name + " " + how, many, Long::sum));
    }

    /** Tells what is known by now. */
    public void tell() throws IOException {
        out.println(table());
        failures.forEach((how, many) -> out.printf("failed: %s, %d times%n", how, many));
        Files.writeString(directory.resolve("growth.md"), table().toString());
        for (Map.Entry<String, Search> search : searches.entrySet()) {
            Files.writeString(directory.resolve("growth-" + search.getKey() + ".svg"), plot(search.getValue()));
        }
        out.println("Plots and figures: " + directory);
    }

    /** Whether something was answered otherwise than expected. */
    public boolean failed() {
        return !failures.isEmpty();
    }

    private Table table() {
        List<String> titles = new ArrayList<>(List.of("p50 / p99 ms"));
        searches.values().iterator().next().bySize().keySet().forEach(size -> titles.add(people(size)));
        titles.add("growth of p50");
        Table table = new Table(titles.toArray(String[]::new));
        searches.forEach((name, search) -> {
            List<String> row = new ArrayList<>(List.of(name));
            search.bySize()
                    .values()
                    .forEach(latencies ->
                            row.add(Table.format("%.1f / %.1f", latencies.millis(0.50), latencies.millis(0.99))));
            row.add(Table.format("%.2f", search.growth()));
            table.row(row);
        });
        return table;
    }

    private static String plot(Search search) {
        return new Plot(
                        search.words(),
                        search.bySize().keySet().stream().map(Growth::people).toList())
                .panel(
                        "milliseconds",
                        List.of(
                                new Series("p50", "#036", search.millis(0.50)),
                                new Series("p99", "#f80", search.millis(0.99))),
                        List.of())
                .svg();
    }

    private static String people(int size) {
        return Table.format("%,d people", size);
    }
}
