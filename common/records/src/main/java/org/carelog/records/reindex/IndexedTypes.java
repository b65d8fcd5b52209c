package org.carelog.records.reindex;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.records.index.ReadyParameters.Pending;

/**
 * The table {@code indexed_type}, for an instance that indexes by some rules. Instances of an older and a newer version run
 * beside each other for a while: each says by a lock of its session which rules it has. The rules in the table are those of the
 * one that came last, or of those that are left. For one thread.
 */
final class IndexedTypes implements AutoCloseable {
    /** Any number, the same for every instance; what the locks of rules have in common. */
    private static final int RULES = 1128352853;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    /** By type and parameter, a fingerprint. */
    private final Map<String, Map<String, String>> rules;

    private boolean hasSpoken;

    /** Takes over the connection. */
    IndexedTypes(Connection connection, Map<String, Map<String, String>> rules) throws SQLException {
        this.connection = connection;
        this.rules = rules;
        try (Statement statement = connection.createStatement()) {
            // The server ends the session, and with it the lock, of a machine that is gone.
            statement.execute("set tcp_keepalives_idle = 10");
            statement.execute("set tcp_keepalives_interval = 5");
            statement.execute("set tcp_keepalives_count = 3");
            statement.execute("select pg_advisory_lock_shared(%d, %d)".formatted(RULES, lockOfRules()));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** What is in the table of a type. */
    private record Row(Map<String, String> rules, Set<String> pending, long done, long total) {
        /** Of a service with these rules: what does not answer. */
        Pending pendingBy(Map<String, String> ours) {
            Set<String> behind = changed(ours);
            pending.stream().filter(ours::containsKey).forEach(behind::add);
            return new Pending(behind, done, total);
        }

        Set<String> changed(Map<String, String> ours) {
            Set<String> changed = new TreeSet<>(ours.keySet());
            changed.removeIf(name -> ours.get(name).equals(rules.get(name)));
            return changed;
        }
    }

    private static final Row NONE = new Row(Map.of(), Set.of(), 0, 0);

    /** What does not answer by our rules, type by type, once these are in the table if they are to be. */
    Map<String, Pending> pending() throws SQLException {
        Map<String, Row> rows = rows();
        if (!isOurs(rows) && (!hasSpoken || !areOthersHere())) {
            putOurs();
            rows = rows();
        }
        hasSpoken = true;
        Map<String, Pending> pending = new HashMap<>();
        for (String type : rules.keySet()) {
            Pending ofType = rows.getOrDefault(type, NONE).pendingBy(rules.get(type));
            if (!ofType.parameters().isEmpty()) {
                pending.put(type, ofType);
            }
        }
        return pending;
    }

    /** Whether there are instances with other rules, which index by these whatever is written to them. */
    boolean areOthersHere() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select exists (
                            select from pg_locks
                            where locktype = 'advisory' and classid::bigint = %d and objid::bigint <> %d and objsubid = 2
                                and database = (select oid from pg_database where datname = current_database()))
                        """.formatted(RULES, lockOfRules()))) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private int lockOfRules() {
        return rules.hashCode() & Integer.MAX_VALUE;
    }

    private boolean isOurs(Map<String, Row> rows) {
        Map<String, Map<String, String>> there = new HashMap<>();
        rows.forEach((type, row) -> there.put(type, row.rules()));
        return there.equals(rules);
    }

    /** What is another now is pending, where there are resources, or may be by others' rules. */
    private void putOurs() throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute("lock table indexed_type in share row exclusive mode");
            Map<String, Row> rows = rows();
            boolean others = areOthersHere();
            for (Map.Entry<String, Map<String, String>> type : rules.entrySet()) {
                Row row = rows.getOrDefault(type.getKey(), NONE);
                if (!row.rules().equals(type.getValue())) {
                    put(
                            type.getKey(),
                            others || hasResources(type.getKey())
                                    ? row.pendingBy(type.getValue()).parameters()
                                    : Set.of());
                }
            }
            remove();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** A walk that is on its way begins anew. */
    private void put(String type, Set<String> pending) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into indexed_type (resource_type, parameters, pending) values (?, ?::jsonb, ?)
                on conflict (resource_type) do update
                set parameters = excluded.parameters, pending = excluded.pending, done_to = null, last_key = null, done = 0, total = 0
                """)) {
            statement.setString(1, type);
            statement.setString(2, json(rules.get(type)));
            statement.setArray(3, connection.createArrayOf("text", pending.toArray()));
            statement.executeUpdate();
        }
    }

    private void remove() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from indexed_type where resource_type <> all (?)")) {
            statement.setArray(
                    1, connection.createArrayOf("text", rules.keySet().toArray()));
            statement.executeUpdate();
        }
    }

    private boolean hasResources(String type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select exists (select from resource where resource_type = ? and not is_deleted)")) {
            statement.setString(1, type);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private Map<String, Row> rows() throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select resource_type, parameters, pending, done, total from indexed_type")) {
            while (row.next()) {
                rows.put(
                        row.getString(1),
                        new Row(
                                rules(row.getString(2)),
                                Set.of((String[]) row.getArray(3).getArray()),
                                row.getLong(4),
                                row.getLong(5)));
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String json(Map<String, String> rules) {
        try {
            return JSON.writeValueAsString(rules);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and numbers are JSON", e);
        }
    }

    private static Map<String, String> rules(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what Postgres takes for jsonb is JSON", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
