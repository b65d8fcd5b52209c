package org.carelog.bench.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the tables of databases take on disk, with their indexes and what is stored out of line. */
public final class StoredBytes {

    private static final Duration REST = Duration.ofSeconds(3);
    private static final int LOOKS = 20;

    private final List<Connection> databases;

    public StoredBytes(List<Connection> databases) {
        this.databases = databases;
    }

    /** Bytes by {@code database.table}, once nothing grows any more: copies and events come a moment behind. */
    public Map<String, Long> atRest() throws SQLException, InterruptedException {
        Map<String, Long> before = now();
        for (int look = 0; look < LOOKS; look++) {
            Thread.sleep(REST);
            Map<String, Long> after = now();
            if (after.equals(before)) {
                return after;
            }
            before = after;
        }
        return before;
    }

    private Map<String, Long> now() throws SQLException {
        Map<String, Long> bytes = new TreeMap<>();
        for (Connection database : databases) {
            try (PreparedStatement sizes = database.prepareStatement("""
                            select current_database() || '.' || relname as name, pg_total_relation_size(oid) as bytes
                            from pg_class
                            where relnamespace = 'public'::regnamespace and relkind = 'r'
                            """);
                    ResultSet rows = sizes.executeQuery()) {
                while (rows.next()) {
                    bytes.put(rows.getString("name"), rows.getLong("bytes"));
                }
            }
        }
        return bytes;
    }

    /** How much each table grew, per resource that was written; those that did not are left out. */
    public static Map<String, Double> growth(Map<String, Long> before, Map<String, Long> after, long resources) {
        Map<String, Double> growth = new TreeMap<>();
        after.forEach((table, bytes) -> {
            double grown = (bytes - before.getOrDefault(table, 0L)) / (double) Math.max(1, resources);
            if (grown > 0) {
                growth.put(table, grown);
            }
        });
        return growth;
    }
}
