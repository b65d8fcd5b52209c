package org.carelog.records.rest;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.DateRange;
import org.carelog.records.store.HistoryStore.Period;
import org.carelog.records.store.HistoryStore.Position;
import org.carelog.records.store.HistoryStore.Window;
import org.hl7.fhir.r4.model.InstantType;

/**
 * The parameters of a history.
 *
 * @param since null: all
 * @param at as it was sent; null: all
 * @param after where the page begins; null: at the newest
 * @see <a href="https://hl7.org/fhir/R4/http.html#history">FHIR R4, history</a>
 */
record HistoryParameters(int count, Instant since, String at, Position after) {
    private static final List<String> KNOWN = List.of("_count", "_since", "_at", "_page");
    private static final int DEFAULT_COUNT = 50;
    private static final int MAX_COUNT = 1000;

    /** @param parameters without those that shape the answer, each at most once */
    static HistoryParameters of(List<Map.Entry<String, String>> parameters) {
        Map<String, String> given = new HashMap<>();
        for (Map.Entry<String, String> parameter : parameters) {
            if (!KNOWN.contains(parameter.getKey())) {
                throw new FhirProblemException(
                        new FhirProblem.UnknownSearchParameter("a history", parameter.getKey(), KNOWN));
            }
            if (given.put(parameter.getKey(), parameter.getValue()) != null) {
                throw invalid(parameter.getKey(), "is given twice");
            }
        }
        HistoryParameters result = new HistoryParameters(
                given.containsKey("_count") ? count(given.get("_count")) : DEFAULT_COUNT,
                given.containsKey("_since") ? since(given.get("_since")) : null,
                given.get("_at"),
                given.containsKey("_page") ? position(given.get("_page")) : null);
        result.window();
        return result;
    }

    HistoryParameters from(Position position) {
        return new HistoryParameters(count, since, at, position);
    }

    Window window() {
        return new Window(since, at == null ? null : period(at), after, count);
    }

    /** For a link: as they were understood. */
    List<Map.Entry<String, String>> understood() {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        all.add(Map.entry("_count", Integer.toString(count)));
        if (since != null) {
            all.add(Map.entry("_since", since.toString()));
        }
        if (at != null) {
            all.add(Map.entry("_at", at));
        }
        if (after != null) {
            all.add(Map.entry("_page", page(after)));
        }
        return all;
    }

    /** The value of {@code _page} for what follows this place; the gateway begins with its first number, the time. */
    static String page(Position after) {
        return "%d-%d-%d"
                .formatted(ChronoUnit.MICROS.between(Instant.EPOCH, after.lastUpdated()), after.key(), after.version());
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

    private static Period period(String value) {
        try {
            DateRange range = DateRange.parse(value);
            return new Period(Instant.ofEpochMilli(range.low()), Instant.ofEpochMilli(range.high()));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    "_at", "a date, a time or a part of a date is expected, such as 2026-01 or 2026-01-31T10:00:00Z");
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
