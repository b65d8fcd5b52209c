package org.carelog.bench.report;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.carelog.bench.client.Timeline;

/**
 * What recording costs a scenario: rounds, of which each has the same requests with it and without.
 *
 * @param words what was asked
 * @param aim how much of the throughput may be lost at most, as a share
 * @param aimMillis how much longer the p99 may be
 */
public record AuditCost(String words, double aim, double aimMillis, List<Round> rounds) {

    /**
     * Some seconds of one kind.
     *
     * @param p99 milliseconds
     * @param processorMillis of each part of the system, per request
     * @param behind entries that audit-service had not taken in when they ended
     */
    public record Turn(double perSecond, double p99, Map<String, Double> processorMillis, long behind) {

        public static Turn of(Timeline timeline, Map<String, Usage.Use> uses, long behind) {
            double perSecond = timeline.perSecond();
            Map<String, Double> millis = new TreeMap<>();
            uses.forEach((part, use) -> millis.put(part, 1000 * use.cores() / perSecond));
            return new Turn(perSecond, timeline.latencies().millis(0.99), millis, behind);
        }

        private double processorMillis(String part) {
            return processorMillis.getOrDefault(part, 0.0);
        }
    }

    public record Round(Turn recorded, Turn unrecorded) {

        /** How much of the throughput is lost, as a share; below 0: none. */
        double lost() {
            return 1 - recorded.perSecond() / unrecorded.perSecond();
        }

        double moreMillis() {
            return recorded.p99() - unrecorded.p99();
        }

        @Override
        public String toString() {
            return Table.format("throughput %+.1f %%, p99 %+.1f ms", -100 * lost(), moreMillis());
        }
    }

    public AuditCost {
        rounds = List.copyOf(rounds);
    }

    /** Whether both aims are kept, by the medians. */
    public boolean isAsAimed() {
        return median(Round::lost) <= aim && median(Round::moreMillis) <= aimMillis;
    }

    @Override
    public String toString() {
        return "%s%n%n%s%n%s".formatted(words, ofRounds(), ofProcessors());
    }

    private Table ofRounds() {
        Table table = new Table(
                "round", "recorded, /s", "not, /s", "throughput", "recorded, p99 ms", "not, p99 ms", "p99", "behind");
        for (int i = 0; i < rounds.size(); i++) {
            Round round = rounds.get(i);
            table.row(
                    Integer.toString(i + 1),
                    Table.format("%.0f", round.recorded().perSecond()),
                    Table.format("%.0f", round.unrecorded().perSecond()),
                    Table.format("%+.1f %%", -100 * round.lost()),
                    Table.format("%.1f", round.recorded().p99()),
                    Table.format("%.1f", round.unrecorded().p99()),
                    Table.format("%+.1f ms", round.moreMillis()),
                    Table.format("%d", round.recorded().behind()));
        }
        return table.row(
                        "median",
                        Table.format("%.0f", median(round -> round.recorded().perSecond())),
                        Table.format("%.0f", median(round -> round.unrecorded().perSecond())),
                        Table.format("%+.1f %%", -100 * median(Round::lost)),
                        Table.format("%.1f", median(round -> round.recorded().p99())),
                        Table.format("%.1f", median(round -> round.unrecorded().p99())),
                        Table.format("%+.1f ms", median(Round::moreMillis)),
                        "")
                .row(
                        isAsAimed() ? "aim, kept" : "aim, missed",
                        "",
                        "",
                        Table.format("%+.0f %%", -100 * aim),
                        "",
                        "",
                        Table.format("%+.0f ms", aimMillis),
                        "");
    }

    /** Less shaken by what else the machine does than the throughput. */
    private Table ofProcessors() {
        Table table = new Table("processor ms per request", "recorded", "not", "more");
        for (String part : parts()) {
            row(table, part, turn -> turn.processorMillis(part));
        }
        return row(
                table,
                "all of the system",
                turn -> turn.processorMillis().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
    }

    private SortedSet<String> parts() {
        SortedSet<String> parts = new TreeSet<>();
        rounds.forEach(round -> parts.addAll(round.recorded().processorMillis().keySet()));
        return parts;
    }

    private Table row(Table table, String part, ToDoubleFunction<Turn> of) {
        double recorded = median(round -> of.applyAsDouble(round.recorded()));
        double unrecorded = median(round -> of.applyAsDouble(round.unrecorded()));
        return table.row(
                part,
                Table.format("%.2f", recorded),
                Table.format("%.2f", unrecorded),
                Table.format("%+.2f", recorded - unrecorded));
    }

    private double median(ToDoubleFunction<Round> of) {
        double[] values = rounds.stream().mapToDouble(of).sorted().toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
