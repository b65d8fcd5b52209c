package org.carelog.bench.limit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.carelog.bench.client.Client;
import org.carelog.local.postgres.PostgresServer;

/** A database with one table. */
final class BareDatabase implements AutoCloseable {

    private static final int ROWS = 20_000;
    private static final int CONTENT = 5_000;

    private final ScratchDatabase database;
    private final AtomicLong next = new AtomicLong(ROWS);

    private BareDatabase(ScratchDatabase database) {
        this.database = database;
    }

    static BareDatabase create(PostgresServer server, int connections) throws SQLException {
        BareDatabase bare = new BareDatabase(ScratchDatabase.create(server, connections, "-c synchronous_commit=on"));
        bare.fill();
        return bare;
    }

    private void fill() throws SQLException {
        try (Connection connection = database.connection();
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
        return database.client(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select content from bare where id = ?")) {
                statement.setLong(1, ThreadLocalRandom.current().nextInt(ROWS));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getBytes("content").length;
                }
            }
        });
    }

    /** Writes one row and commits. */
    Client insert() {
        byte[] content = new byte[CONTENT];
        ThreadLocalRandom.current().nextBytes(content);
        return database.client(connection -> {
            connection.setAutoCommit(false);
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into bare (id, content) values (?, ?)")) {
                statement.setLong(1, next.getAndIncrement());
                statement.setBytes(2, content);
                statement.executeUpdate();
            }
            connection.commit();
            return 0;
        });
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
