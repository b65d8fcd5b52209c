package org.carelog.system.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often parts died. The launcher waits longer and longer before it starts one again, until that has lived for a minute: so one
 * is let live after the fourth death, and something is answered. Thread-safe.
 */
final class Deaths {
    private static final int IN_A_ROW = 4;
    private static final Duration LIFE = Duration.ofSeconds(62);

    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    /** @param since when it was ready again */
    private record Row(int deaths, Instant since) {
        boolean isOver() {
            return Duration.between(since, Instant.now()).compareTo(LIFE) > 0;
        }
    }

    /** It did, and is ready again. */
    void died(String part) {
        rows.compute(part, (name, row) -> new Row(row == null || row.isOver() ? 1 : row.deaths() + 1, Instant.now()));
    }

    boolean mayDie(String part) {
        Row row = rows.get(part);
        return row == null || row.deaths() < IN_A_ROW || row.isOver();
    }
}
