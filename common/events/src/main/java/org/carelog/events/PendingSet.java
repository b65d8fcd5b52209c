package org.carelog.events;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The table {@code pending_publication}, for the one relay that owns it, on the connection that holds the lock. For one
 * thread.
 */
final class PendingSet implements AutoCloseable {
    private final Connection connection;

    private PendingSet(Connection connection) {
        this.connection = connection;
    }

    /** The set, if no other relay of this database owns it; null otherwise. Takes over the connection. */
    static PendingSet own(Connection connection) throws SQLException {
        return SoleOwner.OF_EVENTS.own(connection, PendingSet::new);
    }

    /** The longest waiting pointers, by id, none of these keys. */
    List<Pointer> page(Collection<String> without, int limit) throws SQLException {
        Array keys = connection.createArrayOf("text", without.toArray());
        try (PreparedStatement statement = connection.prepareStatement("""
                select id, resource_type, resource_id, version_id, change, message_key, traceparent, exists (
                    select from pending_publication earlier
                    where earlier.resource_type = p.resource_type and earlier.resource_id = p.resource_id
                      and earlier.version_id < p.version_id and earlier.message_key = any (?)) as waits
                from pending_publication p
                where message_key <> all (?)
                order by id
                limit ?
                """)) {
            statement.setArray(1, keys);
            statement.setArray(2, keys);
            statement.setInt(3, limit);
            List<Pointer> page = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    page.add(new Pointer(
                            row.getLong("id"),
                            row.getString("resource_type"),
                            row.getString("resource_id"),
                            row.getLong("version_id"),
                            Change.ofWord(row.getString("change")).orElseThrow(),
                            row.getString("message_key"),
                            row.getString("traceparent"),
                            row.getBoolean("waits")));
                }
            }
            return page;
        }
    }

    void delete(Collection<Long> ids) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from pending_publication where id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("int8", ids.toArray()));
            statement.executeUpdate();
        }
    }

    /** How much waits and for how long; above 100,000 it is counted no further. */
    Backlog backlog() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select (select count(*) from (select from pending_publication limit 100000) counted),
                               coalesce((select extract(epoch from clock_timestamp() - added_at)
                                         from pending_publication order by id limit 1), 0)::float8
                        """)) {
            row.next();
            return new Backlog(row.getLong(1), Duration.ofMillis((long) (row.getDouble(2) * 1000)));
        }
    }

    /** @param oldest the age of the first pointer; zero when there is none */
    record Backlog(long count, Duration oldest) {}

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
