package org.carelog.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.carelog.events.PublishedState.Found;
import org.carelog.events.PublishedState.Resource;
import org.carelog.sql.Columns;

/**
 * The table {@code pending_state}, for the one relay that owns it, on the connection that holds the lock. For one thread.
 */
final class PendingState implements AutoCloseable {
    private final Connection connection;

    private PendingState(Connection connection) {
        this.connection = connection;
    }

    /** The table, if no other relay of this database owns it; null otherwise. Takes over the connection. */
    static PendingState own(Connection connection) throws SQLException {
        return SoleOwner.OF_STATE.own(connection, PendingState::new);
    }

    /** The longest waiting marks, none of these resources. */
    List<Mark> page(Collection<Resource> without, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select id, resource_type, resource_id, version_id, traceparent
                from pending_state
                where resource_type || '/' || resource_id <> all (?)
                order by id
                limit ?
                """)) {
            statement.setArray(1, connection.createArrayOf("text", Columns.strings(without, Resource::toString)));
            statement.setInt(2, limit);
            List<Mark> page = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    page.add(new Mark(
                            row.getLong("id"),
                            new Resource(row.getString("resource_type"), row.getString("resource_id")),
                            row.getLong("version_id"),
                            row.getString("traceparent")));
                }
            }
            return page;
        }
    }

    void delete(Collection<Mark> marks) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from pending_state where id = any (?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", marks.stream().map(Mark::id).toArray()));
            statement.executeUpdate();
        }
    }

    /** How far the walk has come over what was there before the state topic was; empty: it is done. */
    OptionalLong walk() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select place, is_done from state_walk")) {
            row.next();
            return row.getBoolean("is_done") ? OptionalLong.empty() : OptionalLong.of(row.getLong("place"));
        }
    }

    /** Marks what the walk has come by, and notes how far it came, both or neither. None: it is done. */
    void mark(List<Found> found) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with marked as (
                    insert into pending_state (resource_type, resource_id) select * from unnest(?, ?))
                update state_walk set place = greatest(place, ?), is_done = ?
                """)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            Columns.strings(found, each -> each.resource().type())));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            Columns.strings(found, each -> each.resource().id())));
            statement.setLong(3, found.isEmpty() ? 0 : found.getLast().place());
            statement.setBoolean(4, found.isEmpty());
            statement.executeUpdate();
        }
    }

    /** How many marks there are; above 100,000 they are counted no further. */
    long count() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from (select from pending_state limit 100000) counted")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @param version whose event is published; 0: the walk has come by */
    record Mark(long id, Resource resource, long version, String traceparent) {}

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
