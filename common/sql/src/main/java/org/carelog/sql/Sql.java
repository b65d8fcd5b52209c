package org.carelog.sql;

import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Statements with positional parameters ({@code ?}) on the connection of the current transaction, or, outside one, each
 * on its own. Values bind by their Java type: {@code String}, numbers, {@code Boolean}, {@code UUID}, {@code byte[]},
 * {@link Instant} (timestamptz), null, and as arrays {@code long[]} (bigint[]), {@code String[]} (text[]),
 * {@code byte[][]} (bytea[]), {@code Boolean[]}, {@code Instant[]} (timestamptz[]).
 *
 * <p>Thread-safe. Every failure is a {@link SqlFailure}, whose text holds no value of a record.
 */
@ApplicationScoped
public class Sql {
    private final DataSource dataSource;

    public Sql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** All rows, in the order of the query. */
    public <T> List<T> list(String sql, RowMapper<T> mapper, Object... values) {
        return run(
                sql,
                connection -> prepare(connection, sql, values),
                statement -> rows(statement.executeQuery(), mapper));
    }

    /**
     * The same of a query that the server ends when it takes longer: {@link SqlFailure#isCancelled}. Both go in one round trip; the
     * connection is as it was.
     */
    public <T> List<T> listWithin(Duration limit, String sql, RowMapper<T> mapper, Object... values) {
        String millis = Long.toString(Math.max(1, limit.toMillis()));
        return listWith("statement_timeout", millis, "0", sql, mapper, values);
    }

    /**
     * The same of a query whose plan is the same whatever the values are, and that takes longer to plan than to run: the server plans
     * it once a session.
     */
    public <T> List<T> listPlannedOnce(String sql, RowMapper<T> mapper, Object... values) {
        return listWith("plan_cache_mode", "force_generic_plan", "auto", sql, mapper, values);
    }

    private <T> List<T> listWith(
            String setting, String value, String usual, String sql, RowMapper<T> mapper, Object... values) {
        return run(
                sql,
                connection -> prepare(
                        connection,
                        with(connection, setting, usual, sql),
                        Stream.concat(Stream.of(value), Arrays.stream(values)).toArray()),
                statement -> {
                    statement.execute();
                    statement.getMoreResults();
                    return rows(statement.getResultSet(), mapper);
                });
    }

    /** What is set for a transaction ends with it: outside one, with the round trip. */
    private static String with(Connection connection, String setting, String usual, String sql) throws SQLException {
        return "select set_config('%s', ?, true);".formatted(setting)
                + sql
                + (connection.getAutoCommit() ? "" : ";select set_config('%s', '%s', true)".formatted(setting, usual));
    }

    private static <T> List<T> rows(ResultSet rows, RowMapper<T> mapper) throws SQLException {
        List<T> result = new ArrayList<>();
        while (rows.next()) {
            result.add(mapper.map(rows));
        }
        return result;
    }

    /** The first row, if there is one; the mapper must not give null. */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, Object... values) {
        return run(sql, connection -> prepare(connection, sql, values), statement -> {
            ResultSet rows = statement.executeQuery();
            return rows.next() ? Optional.of(mapper.map(rows)) : Optional.empty();
        });
    }

    /** Runs an INSERT, UPDATE, DELETE or DDL statement and gives the number of rows it changed. */
    public int update(String sql, Object... values) {
        return run(sql, connection -> prepare(connection, sql, values), PreparedStatement::executeUpdate);
    }

    /**
     * Gives the current transaction this long from now, instead of the minute it would have. When it is over, the server
     * ends the session: the next statement, or the commit, fails, and nothing of the transaction is there.
     */
    public void limitTransaction(Duration limit) {
        // a clock that runs keeps its limit: it is stopped first
        first(
                "select set_config('transaction_timeout', '0', true), set_config('transaction_timeout', ?, true)",
                row -> row.getString(2),
                Long.toString(limit.toMillis()));
    }

    /** For statements that do not need each other's results. */
    public Batch batch() {
        return new Batch(this);
    }

    private <T> T run(
            String sql, SqlFunction<Connection, PreparedStatement> prepared, SqlFunction<PreparedStatement, T> answer) {
        Span span = StatementSpan.begin(sql);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = prepared.of(connection)) {
            return answer.of(statement);
        } catch (SQLException e) {
            StatementSpan.failed(span, e);
            throw new SqlFailure(e);
        } finally {
            span.end();
        }
    }

    private interface SqlFunction<A, B> {
        B of(A given) throws SQLException;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(connection, statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object value)
            throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case long[] longs -> statement.setArray(index, connection.createArrayOf("int8", box(longs)));
            case Boolean[] booleans -> statement.setArray(index, connection.createArrayOf("bool", booleans));
            case Instant[] instants -> statement.setArray(index, connection.createArrayOf("timestamptz", instants));
            case String[] strings -> statement.setArray(index, connection.createArrayOf("text", strings));
            case byte[][] blobs -> statement.setArray(index, connection.createArrayOf("bytea", blobs));
            case byte[] bytes -> statement.setBytes(index, bytes);
            case null, default -> statement.setObject(index, value);
        }
    }

    private static Long[] box(long[] values) {
        Long[] boxed = new Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
