package org.carelog.records.reconciliation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The table {@code reconciliation}, as the one who compares writes it. In the transaction of its connection. For one thread. */
final class Progress {
    private final Connection connection;

    Progress(Connection connection) {
        this.connection = connection;
    }

    /** What is to be done. One that did not end begins again as what it was. */
    record Begun(boolean full, long firstSeq) {}

    Begun begin() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        update reconciliation
                        set is_full = wanted_full or (is_full and finished_at < begun_at), wanted_full = false,
                            run = run + 1, begun_at = clock_timestamp()
                        returning is_full, next_seq
                        """)) {
            row.next();
            boolean full = row.getBoolean(1);
            return new Begun(full, full ? 1 : row.getLong(2));
        }
    }

    /** Forgets what was read of the journal. */
    void beginAnew() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate recorded_version");
            statement.execute("""
                    update reconciliation set next_seq = 1, journal_differences = 0, journal_differing = '{}'
                    """);
        }
    }

    long nextSeq() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select next_seq from reconciliation")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The journal is read up to there. */
    void reached(long nextSeq, Differences found) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update reconciliation
                set next_seq = ?, journal_differences = journal_differences + ?,
                    journal_differing = (journal_differing || ?::text[])[:?]
                """)) {
            statement.setLong(1, nextSeq);
            statement.setLong(2, found.count());
            statement.setArray(3, array(found.named()));
            statement.setInt(4, Differences.NAMED);
            statement.executeUpdate();
        }
    }

    /**
     * @param found in the history
     * @return how many there are in history and journal
     */
    long finish(long firstSeq, long versions, Differences found) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update reconciliation
                set finished_at = clock_timestamp(), first_seq = ?, versions = ?,
                    differences = journal_differences + ?, differing = (journal_differing || ?::text[])[:?]
                returning differences
                """)) {
            statement.setLong(1, firstSeq);
            statement.setLong(2, versions);
            statement.setLong(3, found.count());
            statement.setArray(4, array(found.named()));
            statement.setInt(5, Differences.NAMED);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private java.sql.Array array(List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
