package org.carelog.audit.journal;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;

/** PostgreSQL, but the memory is full when the first connection is made. */
final class FailingOnceDriver implements Driver {
    private static final String PREFIX = "jdbc:failing-once:";

    private boolean failed;

    /** The address of the same database by this driver. */
    static String url(String jdbcUrl) throws SQLException {
        DriverManager.registerDriver(new FailingOnceDriver());
        return PREFIX + jdbcUrl;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        if (!failed) {
            failed = true;
            throw new OutOfMemoryError("full, for the test");
        }
        return DriverManager.getConnection(url.substring(PREFIX.length()), properties);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(PREFIX);
    }
}
