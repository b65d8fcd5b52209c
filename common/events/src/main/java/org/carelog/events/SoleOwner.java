package org.carelog.events;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;

/**
 * What one process at a time does for a database: a lock of its session, which ends with it. Every statement of the work
 * is to run on the connection that holds the lock, so that whoever has lost it can neither read nor delete.
 */
enum SoleOwner {
    /** Publishes versions. */
    OF_EVENTS(1),
    /** Publishes how resources are. */
    OF_STATE(2);

    /** Any two numbers, the same for every replica of every service; the lock is the database's own. */
    private final String lock;

    SoleOwner(int number) {
        lock = "select pg_try_advisory_lock(1128352852, %d)".formatted(number);
    }

    /** What is done on the connection, if it is the owner's now; else null, and it is closed. */
    <T> T own(Connection connection, Function<Connection, T> work) throws SQLException {
        try {
            if (lock(connection)) {
                prepare(connection);
                return work.apply(connection);
            }
        } catch (SQLException e) {
            // left open, it would keep the lock that nobody uses
            connection.close();
            throw e;
        }
        connection.close();
        return null;
    }

    private boolean lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(lock)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A deletion lost with the database is an event sent twice, which readers expect; waiting for the disk for
            // each would slow the relay for nothing.
            statement.execute("set synchronous_commit = off");
            // The one good plan walks the primary key. What the statistics of a table that is empty most of the time
            // make of a backlog of a million must not matter.
            statement.execute("set enable_seqscan = off");
            statement.execute("set enable_bitmapscan = off");
            statement.execute("set enable_sort = off");
            statement.execute("set enable_hashjoin = off");
            statement.execute("set enable_mergejoin = off");
            statement.execute("set jit = off");
            // The server ends the session, and with it the lock, of a process that stands still, and of a machine that
            // is gone.
            statement.execute("set idle_session_timeout = '10s'");
            statement.execute("set tcp_keepalives_idle = 10");
            statement.execute("set tcp_keepalives_interval = 5");
            statement.execute("set tcp_keepalives_count = 3");
        }
    }
}
