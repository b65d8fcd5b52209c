package org.carelog.local.audit;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What the owner of the ledger's tables does, by the functions that came with them. For one thread. */
final class LedgerOwner implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int EVENTS_AT_ONCE = 1000;

    private final Connection connection;

    LedgerOwner(Connection connection) {
        this.connection = connection;
    }

    /** Returns when the newest retention run is signed. */
    void awaitCheckpoint(Duration longest) throws SQLException, IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (number("""
                select count(*) from ledger_checkpoint where tree_size > (select max(run) from ledger_retentions)
                """) == 0) {
            if (System.nanoTime() > end) {
                throw new IOException("No checkpoint was signed within %d s; see ./carelog logs audit-service"
                        .formatted(longest.toSeconds()));
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** @return how many months */
    int drop() throws SQLException, IOException {
        try {
            return number("select count(*) from ledger_drop()");
        } catch (SQLException e) {
            if ("55P03".equals(e.getSQLState())) {
                throw new IOException(
                        "The ledger is being read. Once more, in a moment: ./carelog audit retention --drop", e);
            }
            throw e;
        }
    }

    /** Some at a time, each in a transaction of its own. */
    long dropEvents() throws SQLException {
        long all = 0;
        int some;
        do {
            some = number("select ledger_drop_events(%d)".formatted(EVENTS_AT_ONCE));
            all += some;
        } while (some > 0);
        return all;
    }

    private int number(String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
