package org.carelog.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A lock that one session of a database has at a time, and that ends with it: for what one process does. */
public final class SessionLock {
    private SessionLock() {}

    /**
     * Takes it, if it is nobody's; waits for nobody. Who has it can take it again, and then has it as often.
     *
     * @param key any number, the same for every replica; the lock is the database's own
     */
    public static boolean tryLock(Connection session, long key) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, key);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
