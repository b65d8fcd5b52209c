package org.carelog.sql;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Connections to the service's database beside the pool: for what must go on while requests hold all of the pool's, or
 * has a lock that is to end with its connection. Thread-safe.
 */
@Singleton
public final class OwnConnections {
    private final String url;
    private final String user;
    private final String password;

    public OwnConnections(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * In auto-commit mode, to be closed by the caller.
     *
     * @param name as the server lists the session
     * @param longestSilence of the server, in whole seconds; one that is silent for longer is taken for gone
     */
    public Connection open(String name, Duration longestSilence) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", name);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", Long.toString(longestSilence.toSeconds()));
        return DriverManager.getConnection(url, properties);
    }
}
