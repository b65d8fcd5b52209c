package org.carelog.testing;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.carelog.local.postgres.Login;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.postgres.ServiceDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of one test class's own, with an owner and a runtime role that has what the migrations grant it. It goes
 * when it is closed, or else with the test process.
 */
public final class TestDatabase implements AutoCloseable {

    private final PostgresServer server;
    private final ServiceDatabase database;

    private TestDatabase(PostgresServer server, ServiceDatabase database) {
        this.server = server;
        this.database = database;
    }

    static TestDatabase create(PostgresServer server, String name, String... locations) {
        String unique = name + "_" + UUID.randomUUID().toString().substring(0, 8);
        ServiceDatabase database = new ServiceDatabase(
                unique, new Login(unique + "_owner", "owner"), new Login(unique + "_service", "service"));
        TestDatabase created = new TestDatabase(server, database);
        Runtime.getRuntime().addShutdownHook(new Thread(created::close));
        try {
            database.create(server);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the test database " + unique, e);
        }
        if (locations.length > 0) {
            database.migrate(server, Thread.currentThread().getContextClassLoader(), locations);
        }
        return created;
    }

    public String name() {
        return database.name();
    }

    public String jdbcUrl() {
        return server.jdbcUrl(database.name());
    }

    /** The role that a service runs as: owns nothing. */
    public String runtimeUser() {
        return database.runtime().user();
    }

    public String runtimePassword() {
        return database.runtime().password();
    }

    /** The role that owns the tables. */
    public String ownerUser() {
        return database.owner().user();
    }

    public String ownerPassword() {
        return database.owner().password();
    }

    /** A connection of its own for each call, as the runtime role, committing by itself. */
    public DataSource dataSource() {
        return dataSource(database.runtime());
    }

    /** As the owner of the tables. */
    public DataSource ownerDataSource() {
        return dataSource(database.owner());
    }

    private DataSource dataSource(Login login) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(login.user());
        source.setPassword(login.password());
        return source;
    }

    /** Removes the database and its roles; ends the connections to it. A second call does nothing. */
    @Override
    public void close() {
        try {
            database.drop(server);
        } catch (SQLException e) {
            System.getLogger(TestDatabase.class.getName())
                    .log(System.Logger.Level.WARNING, "the test database {0} stays", database.name());
        }
    }
}
