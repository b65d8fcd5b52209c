package org.carelog.bench.limit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.carelog.local.postgres.Login;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.postgres.ServiceDatabase;

/**
 * A database of its own beside the services' ones, with the driver and the pool that they use. It is gone, and so are its
 * roles, when this is closed.
 */
public final class ScratchDatabase implements AutoCloseable {

    private final PostgresServer server;
    private final ServiceDatabase database;
    private final AgroalDataSource pool;

    private ScratchDatabase(PostgresServer server, ServiceDatabase database, AgroalDataSource pool) {
        this.server = server;
        this.database = database;
        this.pool = pool;
    }

    /** @param options of each session, as PostgreSQL's command line has them */
    public static ScratchDatabase create(PostgresServer server, int connections, String options) throws SQLException {
        String password = UUID.randomUUID().toString();
        ServiceDatabase database =
                new ServiceDatabase("bench", new Login("bench_owner", password), new Login("bench_service", password));
        database.create(server);
        return new ScratchDatabase(
                server,
                database,
                AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool -> pool.maxSize(connections)
                                .connectionFactoryConfiguration(
                                        factory -> factory.jdbcUrl(server.jdbcUrl(database.name()))
                                                .principal(new NamePrincipal(
                                                        database.owner().user()))
                                                .credential(new SimplePassword(
                                                        database.owner().password()))
                                                .jdbcProperty("prepareThreshold", "1")
                                                .jdbcProperty("options", options)))));
    }

    /** Its owner's; closing it gives it back. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Tidies up after what was written, so that PostgreSQL does not in the midst of a measurement. */
    public void rest() throws SQLException {
        try (Connection superuser = DriverManager.getConnection(
                        server.jdbcUrl(database.name()),
                        server.superuser().user(),
                        server.superuser().password());
                Statement statement = superuser.createStatement()) {
            statement.execute("vacuum (analyze)");
            statement.execute("checkpoint");
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        database.drop(server);
    }
}
