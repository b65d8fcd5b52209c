package org.carelog.bench.limit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.carelog.bench.client.Client;
import org.carelog.bench.client.Ending;
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

    /** What a client does again and again; it gives the bytes that it read. */
    @FunctionalInterface
    public interface Work {
        long on(Connection connection) throws SQLException;
    }

    /** A client that takes a connection each time, and gives it back. */
    public Client client(Work work) {
        return new Client() {
            @Override
            public Optional<Ending> once() throws SQLException {
                try (Connection connection = connection()) {
                    return Optional.of(Ending.done(1, work.on(connection)));
                }
            }

            @Override
            public void close() {
                // the pool has the connections
            }
        };
    }

    /** As {@link Tidying} says. */
    public void tidyUp() throws SQLException {
        Tidying.of(server, database.name());
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        database.drop(server);
    }
}
