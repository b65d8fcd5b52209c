package org.carelog.records.rest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.store.HistoryStore.Position;
import org.hl7.fhir.r4.model.InstantType;

/**
 * The parameters of a history.
 *
 * @param since null: all
 * @param after where the page begins; null: at the newest
 * @see <a href="https://hl7.org/fhir/R4/http.html#history">FHIR R4, history</a>
 */
record HistoryParameters(int count, Instant since, Position after) {
    private static final List<String> KNOWN = List.of("_count", "_since", "_page");
    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_COUNT = 1000;

    static HistoryParameters of(String type, List<Map.Entry<String, String>> parameters) {
        HistoryParameters result = new HistoryParameters(DEFAULT_COUNT, null, null);
        for (Map.Entry<String, String> parameter : parameters) {
            String value = parameter.getValue();
            result = switch (parameter.getKey()) {
                case "_count" -> new HistoryParameters(count(value), result.since, result.after);
                case "_since" -> new HistoryParameters(result.count, since(value), result.after);
                case "_page" -> new HistoryParameters(result.count, result.since, position(value));
                case "_format", "_pretty" -> result;
                default ->
                    throw new FhirProblemException(
                            new FhirProblem.UnknownSearchParameter(type + " history", parameter.getKey(), KNOWN));
            };
        }
        return result;
    }

    HistoryParameters from(Position position) {
        return new HistoryParameters(count, since, position);
    }

    String query() {
        List<String> all = new ArrayList<>();
        all.add("_count=" + count);
        if (since != null) {
            all.add("_since=" + URLEncoder.encode(since.toString(), StandardCharsets.UTF_8));
        }
        if (after != null) {
            all.add("_page=%d-%d-%d"
                    .formatted(
                            ChronoUnit.MICROS.between(Instant.EPOCH, after.lastUpdated()),
                            after.key(),
                            after.version()));
        }
        return "?" + String.join("&", all);
    }

    private static int count(String value) {
        if (!value.matches("\\d{1,9}")) {
            throw invalid("_count", "a number of versions is expected");
        }
        return Math.clamp(Integer.parseInt(value), 1, MAX_COUNT);
    }

    private static Instant since(String value) {
        try {
            return new InstantType(value).getValue().toInstant();
        } catch (RuntimeException e) {
            throw invalid("_since", "an instant is expected, such as 2026-01-31T10:00:00Z");
        }
    }

    private static Position position(String value) {
        if (!value.matches("\\d{1,18}-\\d{1,18}-\\d{1,18}")) {
            throw invalid("_page", "it comes from a link of this server");
        }
        String[] parts = value.split("-");
        return new Position(
                Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]));
    }

    private static FhirProblemException invalid(String name, String diagnostics) {
        return new FhirProblemException(new FhirProblem.InvalidSearchParameter(name, diagnostics));
    }
}
