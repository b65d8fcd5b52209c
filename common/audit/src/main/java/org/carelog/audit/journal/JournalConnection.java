package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The connection that the journal's thread keeps for itself: requests that wait for an entry may hold all others. For
 * one thread.
 */
@Singleton
final class JournalConnection {
    /** Longer than a caller waits: only to free the thread from a network that swallows answers. */
    private static final int NETWORK_TIMEOUT_MILLIS = 5000;

    private final DataSource dataSource;
    private Connection connection;
    private int networkTimeout;

    JournalConnection(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Connection get() throws SQLException {
        if (connection == null) {
            connection = dataSource.getConnection();
            networkTimeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
            try (Statement statement = connection.createStatement()) {
                // whatever the server's default is: an answer waits for the disk
                statement.execute("set synchronous_commit = on");
            }
            connection.setAutoCommit(false);
        }
        return connection;
    }

    /** Ends the transaction, if one is open, and forgets the connection. */
    void discard() {
        if (connection == null) {
            return;
        }
        try (Connection discarded = connection) {
            connection = null;
            discarded.rollback();
            discarded.setAutoCommit(true);
            discarded.setNetworkTimeout(Runnable::run, networkTimeout);
        } catch (SQLException e) {
            // it was broken, and the pool does not take it back
            return;
        }
    }
}
