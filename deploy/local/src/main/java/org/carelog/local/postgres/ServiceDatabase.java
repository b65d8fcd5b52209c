package org.carelog.local.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * The database of one service with its two roles: the owner of the tables, who migrates them, and the runtime role,
 * which owns nothing and has what the migrations grant it.
 */
public record ServiceDatabase(String name, Login owner, Login runtime) {

    /** Makes roles and database, or sets the roles' passwords if they are there. */
    public void create(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            role(connection, owner);
            role(connection, runtime);
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                run(connection, "select format('create database %I owner %I', ?::text, ?::text)", name, owner.user());
            }
            run(connection, "select format('revoke all on database %I from public', ?::text)", name);
            run(
                    connection,
                    "select format('grant connect on database %I to %I', ?::text, ?::text)",
                    name,
                    runtime.user());
        }
        try (Connection connection = server.connect(name)) {
            run(connection, "select format('alter schema public owner to %I', ?::text)", owner.user());
            run(connection, "select 'revoke all on schema public from public'");
            run(connection, "select format('grant usage on schema public to %I', ?::text)", runtime.user());
        }
    }

    /**
     * Brings the tables up to date, as the owner.
     *
     * @param migrations where the files of the locations are
     * @param locations on that class path, such as {@code db/records}
     */
    public void migrate(PostgresServer server, ClassLoader migrations, String... locations) {
        String[] onClassPath = new String[locations.length];
        for (int i = 0; i < locations.length; i++) {
            onClassPath[i] = "classpath:" + locations[i];
        }
        Flyway.configure(migrations)
                .dataSource(server.jdbcUrl(name), owner.user(), owner.password())
                .locations(onClassPath)
                .failOnMissingLocations(true)
                // The numbers tell the modules apart: a module's new file may have a lower one than another's old file.
                .outOfOrder(true)
                .placeholders(Map.of("runtime_role", runtime.user()))
                .load()
                .migrate();
    }

    /** Removes database and roles, and ends whoever uses them. */
    public void drop(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            run(connection, "select format('drop database if exists %I with (force)', ?::text)", name);
            run(connection, "select format('drop role if exists %I', ?::text)", owner.user());
            run(connection, "select format('drop role if exists %I', ?::text)", runtime.user());
        }
    }

    private static void role(Connection connection, Login login) throws SQLException {
        if (!exists(connection, "select 1 from pg_roles where rolname = ?", login.user())) {
            run(connection, "select format('create role %I', ?::text)", login.user());
        }
        run(
                connection,
                "select format('alter role %I login password %L', ?::text, ?::text)",
                login.user(),
                login.password());
    }

    private static boolean exists(Connection connection, String question, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** DDL takes no parameters, so PostgreSQL itself quotes the values into it. */
    private static void run(Connection connection, String statementOf, String... values) throws SQLException {
        String ddl;
        try (PreparedStatement statement = connection.prepareStatement(statementOf)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                ddl = rows.getString(1);
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute(ddl);
        }
    }
}
