package org.carelog.system.observation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.carelog.system.platform.Carelog;

/** A service's database, as PostgreSQL's superuser sees it. For one thread. */
final class Database implements AutoCloseable {
    private final Connection connection;

    Database(Carelog carelog, String name) {
        try {
            connection = DriverManager.getConnection(carelog.jdbcUrl(name), "carelog", carelog.databasePassword());
            // One moment for all that is read.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name, e);
        }
    }

    interface RowMapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, RowMapper<T> mapper, Object... values) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(1000);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(mapper.of(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    long number(String sql, Object... values) {
        return list(sql, row -> row.getLong(1), values).getFirst();
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
