package org.carelog.audit.journal;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.carelog.sql.OwnConnections;

/**
 * The connection of the journal's thread, so that no answer waits for one that requests hold, and what its session locks is given
 * up with it. For one thread.
 */
@Singleton
final class JournalConnection {
    /** Longer than a caller waits: only to free the thread from a network that swallows answers. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final OwnConnections connections;
    private Connection connection;
    private long lastUse;

    JournalConnection(OwnConnections connections) {
        this.connections = connections;
    }

    /** In auto-commit mode: a statement that returns is durable. */
    Connection get() throws SQLException {
        if (connection != null && isStale()) {
            discard();
        }
        if (connection == null) {
            connection = connections.open("carelog-journal", LONGEST_SILENCE);
            try (Statement statement = connection.createStatement()) {
                // whatever the server's default is: an answer waits for the disk
                statement.execute("set synchronous_commit = on");
                // the server ends the session, and with it the lock, of a process that stands still
                statement.execute("set idle_session_timeout = '10s'");
            }
        }
        lastUse = System.nanoTime();
        return connection;
    }

    /** The process stood still for a while, and the server has ended the session. */
    private boolean isStale() throws SQLException {
        return System.nanoTime() - lastUse > LONGEST_SILENCE.toNanos() && !connection.isValid(1);
    }

    /** Ends the connection; the next one is new. */
    void discard() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // it was broken; the server ends what it began
        } finally {
            connection = null;
        }
    }
}
