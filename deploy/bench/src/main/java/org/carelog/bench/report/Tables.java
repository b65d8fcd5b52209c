package org.carelog.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables of a run. */
record Tables(Machine machine, Map<String, Double> limits, List<Result> results, StoredBytes stored) {

    /** HAPI's, see docs/benchmark.md; we aim at half. */
    private static final int PEER_BYTES = 9376;

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(Table.format(
                "%d processors, %d MiB, %s, Java %s%n%n",
                machine.processors(), machine.memoryMebibytes(), machine.system(), machine.java()));
        text.append(ofTheMachine())
                .append('\n')
                .append(ofScenarios(results))
                .append('\n')
                .append(ofParts());
        if (!stored.tables().isEmpty()) {
            text.append('\n').append(ofBytes());
        }
        return text.toString();
    }

    Table ofTheMachine() {
        Table table = new Table("the machine at most", "per s");
        limits.forEach((what, perSecond) -> table.row(what, Table.format("%.0f", perSecond)));
        return table;
    }

    static Table ofScenarios(List<Result> results) {
        Table table = new Table(
                "scenario",
                "clients",
                "per s",
                "times HAPI",
                "aim",
                "p50 ms",
                "p99 ms",
                "HAPI's",
                "kB",
                "of the machine",
                "failures");
        for (Result result : results) {
            boolean compared = result.peerPerSecond() > 0;
            table.row(
                    result.scenario(),
                    Integer.toString(result.clients()),
                    Table.format("%.0f", result.perSecond()),
                    compared ? Table.format("%.1f", result.ratio()) : "",
                    compared ? Table.format("%.0f", result.aim()) : "",
                    Table.format("%.1f", result.p50()),
                    Table.format("%.1f", result.p99()),
                    compared ? Table.format("%.1f", result.peerP99()) : "",
                    Table.format("%.1f", result.bytesPerAnswer() / 1024.0),
                    result.ofLimits().entrySet().stream()
                            .map(limit -> Table.format("%.0f %% %s", limit.getValue() * 100, limit.getKey()))
                            .collect(Collectors.joining(", ")),
                    result.failures().isEmpty() ? "0" : result.failures().toString());
        }
        return table;
    }

    private Table ofParts() {
        Set<String> parts = new TreeSet<>();
        results.forEach(result -> parts.addAll(result.parts().keySet()));
        List<String> titles = new ArrayList<>(List.of("processors, MiB resident at most"));
        titles.addAll(parts);
        Table table = new Table(titles.toArray(String[]::new));
        for (Result result : results) {
            List<String> row = new ArrayList<>(List.of(result.name()));
            for (String part : parts) {
                Usage.Use use = result.parts().get(part);
                row.add(
                        use == null
                                ? ""
                                : Table.format("%.2f", use.cores())
                                        + (use.mostMebibytes() == 0 ? "" : ", " + use.mostMebibytes()));
            }
            table.row(row);
        }
        return table;
    }

    private Table ofBytes() {
        Table table = new Table("stored per resource of bundles", "bytes", "HAPI's", "aim, at most");
        for (StoredBytes.Purpose purpose : StoredBytes.Purpose.values()) {
            boolean compared = purpose == StoredBytes.Purpose.RECORDS;
            table.row(
                    purpose.words(),
                    Table.format("%.0f", stored.of(purpose)),
                    compared ? Integer.toString(PEER_BYTES) : "",
                    compared ? Integer.toString(PEER_BYTES / 2) : "");
        }
        stored.tables().forEach((name, bytes) -> table.row(name, Table.format("%.0f", bytes), "", ""));
        return table;
    }
}
