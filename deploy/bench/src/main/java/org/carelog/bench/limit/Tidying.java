package org.carelog.bench.limit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.carelog.local.postgres.PostgresServer;

/** What PostgreSQL else does by itself after much was written, in the midst of a measurement. */
public final class Tidying {

    private Tidying() {}

    /** Does it now, as the superuser. */
    public static void of(PostgresServer server, String database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        server.jdbcUrl(database),
                        server.superuser().user(),
                        server.superuser().password());
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze)");
            statement.execute("checkpoint");
        }
    }
}
