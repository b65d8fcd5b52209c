package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.carelog.sql.OwnConnections;

/** The connection of the journal's thread, so that no answer waits for one that requests hold. For one thread. */
@Singleton
final class JournalConnection {
    /** Longer than a caller waits: only to free the thread from a network that swallows answers. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final OwnConnections connections;
    private Connection connection;

    JournalConnection(OwnConnections connections) {
        this.connections = connections;
    }

    /** With a transaction that begins by itself. */
    Connection get() throws SQLException {
        if (connection == null) {
            connection = connections.open("carelog-journal", LONGEST_SILENCE);
            try (Statement statement = connection.createStatement()) {
                // whatever the server's default is: an answer waits for the disk
                statement.execute("set synchronous_commit = on");
            }
            connection.setAutoCommit(false);
        }
        return connection;
    }

    /** Ends the connection and what is open in it; the next one is new. */
    void discard() {
        if (connection == null) {
            return;
        }
        try (Connection discarded = connection) {
            connection = null;
            discarded.rollback();
        } catch (SQLException e) {
            // it was broken; the server ends what it began
            return;
        }
    }
}
