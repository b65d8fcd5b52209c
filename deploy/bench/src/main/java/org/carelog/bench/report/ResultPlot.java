package org.carelog.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.carelog.bench.report.Plot.Mark;
import org.carelog.bench.report.Plot.Series;

/** The rate and the latency of a result, second by second. */
final class ResultPlot {

    private ResultPlot() {}

    static String of(Result result) {
        List<Mark> rates = new ArrayList<>();
        List<Mark> latencies = new ArrayList<>();
        if (result.peerPerSecond() > 0) {
            rates.add(new Mark("HAPI", result.peerPerSecond()));
            rates.add(new Mark("aim", result.peerPerSecond() * result.aim()));
            latencies.add(new Mark("HAPI's p99", result.peerP99()));
        }
        return new Plot("%s, %d clients".formatted(result.scenario(), result.clients()), result.warmUp())
                .panel(result.unit() + " a second", List.of(new Series("", "#036", result.rates())), rates)
                .panel(
                        "milliseconds",
                        List.of(new Series("p50", "#036", result.p50s()), new Series("p99", "#f80", result.p99s())),
                        latencies)
                .svg();
    }
}
