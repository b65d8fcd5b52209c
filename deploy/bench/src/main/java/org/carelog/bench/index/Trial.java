package org.carelog.bench.index;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.carelog.bench.client.Client;
import org.carelog.bench.limit.ScratchDatabase;

/** One design in a database that has nothing else, filled with as many Observations as are asked for. */
final class Trial implements AutoCloseable {

    /** Those that are written while it is measured come on top. */
    private static final double MORE = 1.2;

    private final ScratchDatabase database;
    private final Script design;
    private final long rows;
    private final List<Map<String, Long>> sought = new ArrayList<>();
    private final AtomicLong written;

    Trial(ScratchDatabase database, Script design, long rows) {
        this.database = database;
        this.design = design;
        this.rows = rows;
        this.written = new AtomicLong(rows);
    }

    void fill() throws IOException, SQLException {
        execute(Script.read("facts.sql").part("fill").replace("${rows}", Long.toString((long) (rows * MORE))));
        execute(design.part("schema"));
        execute(design.part("write").replace("${which}", "key <= " + rows));
        execute(design.part("index"));
        database.tidyUp();
        seek();
    }

    /** Facts that are asked for: any, and any of a rare code. */
    private void seek() throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select a.patient, a.category, a.code, a.at, b.code as rare, b.performer
                        from (select *, row_number() over () as n from fact where key %% 997 = 1) a
                        join (select *, row_number() over () as n from fact where code >= 1000 and key <= %d limit 1000) b
                        using (n)
                        """.formatted(rows))) {
            while (row.next()) {
                sought.add(Map.of(
                        "patient", row.getLong("patient"),
                        "category", row.getLong("category"),
                        "code", row.getLong("code"),
                        "at", row.getLong("at"),
                        "rare", row.getLong("rare"),
                        "performer", row.getLong("performer")));
            }
        }
    }

    /** Bytes that a resource takes, with its indexes. */
    double bytesPerResource() throws SQLException {
        return number("""
                select sum(pg_total_relation_size(oid)) from pg_class
                where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'fact'
                """) / rows;
    }

    /** Bytes of write-ahead log since the server has a database. */
    double walBytes() throws SQLException {
        return number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')");
    }

    /** Asks one question, about something else each time. */
    Client asking(String question) {
        NamedSql sql = NamedSql.of(design.part(question));
        return database.client(connection -> {
            sql.run(connection, sought.get(ThreadLocalRandom.current().nextInt(sought.size())));
            return 0;
        });
    }

    /** Writes a resource and commits, another each time. */
    Client writing() {
        List<NamedSql> statements = Stream.of(
                        design.part("write").replace("${which}", "key = :key").split(";\\s*"))
                .map(NamedSql::of)
                .toList();
        return database.client(connection -> {
            connection.setAutoCommit(false);
            Map<String, Long> key = Map.of("key", written.incrementAndGet());
            for (NamedSql statement : statements) {
                statement.run(connection, key);
            }
            connection.commit();
            return 0;
        });
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private double number(String sql) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        }
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
