package org.carelog.bench.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carelog.bench.client.Percentiles;
import org.carelog.bench.client.Timeline;

/**
 * A scenario as it was measured.
 *
 * @param scenario its name
 * @param unit what is counted
 * @param perSecond how many of them
 * @param peerPerSecond how many the peer did; 0 when that is not known
 * @param aim how many times that we aim at
 * @param peerP99 milliseconds; 0 when that is not known
 * @param failures answers that were not expected, by what they were
 * @param ofLimits the rate as a share of what the machine does of this at most
 * @param parts what the processes of the system took
 * @param warmUp the first seconds of the lists below, which are not measured
 * @param rates in each second
 * @param p50s milliseconds, of each second
 * @param p99s the same
 */
public record Result(
        String scenario,
        String unit,
        int clients,
        double perSecond,
        double peerPerSecond,
        double aim,
        double p50,
        double p90,
        double p99,
        double peerP99,
        long bytesPerAnswer,
        Map<String, Long> failures,
        Map<String, Double> ofLimits,
        Map<String, Usage.Use> parts,
        int warmUp,
        List<Double> rates,
        List<Double> p50s,
        List<Double> p99s) {

    /** What a result is measured against. */
    public record Against(double perSecond, double p99, double aim, Map<String, Double> limits) {}

    public static Result of(
            String scenario,
            String unit,
            int clients,
            Timeline timeline,
            Against against,
            Map<String, Usage.Use> parts) {
        Percentiles latencies = timeline.latencies();
        double perSecond = timeline.perSecond();
        Map<String, Double> ofLimits = new TreeMap<>();
        against.limits().forEach((limit, most) -> ofLimits.put(limit, perSecond / most));
        return new Result(
                scenario,
                unit,
                clients,
                perSecond,
                against.perSecond(),
                against.aim(),
                latencies.millis(0.50),
                latencies.millis(0.90),
                latencies.millis(0.99),
                against.p99(),
                timeline.bytesPerAnswer(),
                timeline.failures(),
                ofLimits,
                parts,
                timeline.warmUpSeconds(),
                timeline.rates(),
                timeline.millis(0.50),
                timeline.millis(0.99));
    }

    /** How many times what the peer did; 0 when that is not known. */
    public double ratio() {
        return peerPerSecond == 0 ? 0 : perSecond / peerPerSecond;
    }

    public boolean misses() {
        return peerPerSecond > 0 && ratio() < aim;
    }

    public String name() {
        return scenario + "-" + clients;
    }
}
