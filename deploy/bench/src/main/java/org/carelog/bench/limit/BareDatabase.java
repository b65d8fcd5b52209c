package org.carelog.bench.limit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.carelog.bench.client.Client;
import org.carelog.bench.client.Ending;
import org.carelog.local.postgres.Login;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.postgres.ServiceDatabase;

/**
 * A database of its own beside the services' ones, with one table, and the driver and the pool that they use. It is gone
 * when this is closed.
 */
final class BareDatabase implements AutoCloseable {

    private static final int ROWS = 20_000;
    private static final int CONTENT = 5_000;

    private final PostgresServer server;
    private final ServiceDatabase database;
    private final AgroalDataSource pool;
    private final AtomicLong next = new AtomicLong(ROWS);

    private BareDatabase(PostgresServer server, ServiceDatabase database, AgroalDataSource pool) {
        this.server = server;
        this.database = database;
        this.pool = pool;
    }

    /** @param password of its roles, which live as long as it does */
    static BareDatabase create(PostgresServer server, String password, int connections) throws SQLException {
        ServiceDatabase database =
                new ServiceDatabase("bench", new Login("bench_owner", password), new Login("bench_service", password));
        database.create(server);
        BareDatabase bare = new BareDatabase(server, database, pool(server, database, connections));
        bare.fill();
        return bare;
    }

    private static AgroalDataSource pool(PostgresServer server, ServiceDatabase database, int connections)
            throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(connections)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(server.jdbcUrl(database.name()))
                                .principal(new NamePrincipal(database.owner().user()))
                                .credential(new SimplePassword(database.owner().password()))
                                .jdbcProperty("prepareThreshold", "1")
                                .jdbcProperty("options", "-c synchronous_commit=on"))));
    }

    private void fill() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table bare (id bigint primary key, content bytea not null)");
            // what does not compress, as what is stored is compressed already
            statement.execute("""
                    insert into bare
                    select id, (select string_agg(sha256((id || '-' || piece)::bytea), '')
                                from generate_series(1, %d / 32) piece)
                    from generate_series(0, %d) id
                    """.formatted(CONTENT, ROWS - 1));
        }
    }

    /** Reads one row by its key, each time another. */
    Client select() {
        return new Statements(true) {
            @Override
            long run(Connection connection) throws SQLException {
                try (PreparedStatement statement =
                        connection.prepareStatement("select content from bare where id = ?")) {
                    statement.setLong(1, ThreadLocalRandom.current().nextInt(ROWS));
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getBytes("content").length;
                    }
                }
            }
        };
    }

    /** Writes one row and commits. */
    Client insert() {
        byte[] content = new byte[CONTENT];
        ThreadLocalRandom.current().nextBytes(content);
        return new Statements(false) {
            @Override
            long run(Connection connection) throws SQLException {
                try (PreparedStatement statement =
                        connection.prepareStatement("insert into bare (id, content) values (?, ?)")) {
                    statement.setLong(1, next.getAndIncrement());
                    statement.setBytes(2, content);
                    statement.executeUpdate();
                }
                connection.commit();
                return 0;
            }
        };
    }

    private abstract class Statements implements Client {
        private final boolean autoCommit;

        Statements(boolean autoCommit) {
            this.autoCommit = autoCommit;
        }

        abstract long run(Connection connection) throws SQLException;

        @Override
        public Optional<Ending> once() throws SQLException {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(autoCommit);
                return Optional.of(Ending.done(1, run(connection)));
            }
        }

        @Override
        public void close() {
            // the pool has the connections
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
        database.drop(server);
    }
}
