package org.carelog.sql;

import java.sql.SQLException;

/**
 * A statement failed. The message carries the SQLSTATE only: the driver's own text may quote values of a record, so it
 * is neither kept as the message nor as a cause, and must not be logged.
 */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String sqlState;

    SqlFailure(SQLException failure) {
        super("SQLSTATE " + failure.getSQLState());
        this.sqlState = failure.getSQLState() == null ? "" : failure.getSQLState();
        setStackTrace(failure.getStackTrace());
    }

    /** The five-character SQLSTATE, or an empty string when the driver gave none. */
    public String sqlState() {
        return sqlState;
    }

    /** SQLSTATE 23505: another row already has this key. */
    public boolean isUniqueViolation() {
        return sqlState.equals("23505");
    }

    /** SQLSTATE 40001 or 40P01: the transaction lost against another one and may be tried again. */
    public boolean isRetryable() {
        return sqlState.equals("40001") || sqlState.equals("40P01");
    }

    /** SQLSTATE 57014: the statement took longer than it was given. */
    public boolean isCancelled() {
        return sqlState.equals("57014");
    }

    /**
     * Class 08, 53, 57 and 58: the database cannot be reached, has no room, or is stopping; SQLSTATE 25P04: it has ended
     * a transaction that took too long.
     */
    public boolean isUnavailable() {
        return sqlState.isEmpty()
                || sqlState.equals("25P04")
                || sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57")
                || sqlState.startsWith("58");
    }
}
