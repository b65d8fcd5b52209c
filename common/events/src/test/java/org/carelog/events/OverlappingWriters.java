package org.carelog.events;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Transactions that write versions as a service does, overlap, and end in any order; one in five is rolled back. The
 * same seed does the same. For one thread.
 */
final class OverlappingWriters implements AutoCloseable {
    private static final int MOST_OPEN = 16;

    private final Random random;
    private final int resources;
    private final int patients;
    private final List<Open> open = new ArrayList<>();
    private final Set<String> locked = new HashSet<>();
    private final List<Write> committed = new ArrayList<>();
    private long commits;

    /**
     * A committed version.
     *
     * @param key of the patient it belonged to
     * @param seen how many commits its writer could have seen
     * @param commit the number of its own
     */
    record Write(String resource, long version, String key, long seen, long commit) {
        Write committedAs(long number) {
            return new Write(resource, version, key, seen, number);
        }

        String name() {
            return resource + "/" + version;
        }
    }

    private record Open(Connection connection, List<Write> writes) {}

    OverlappingWriters(DataSource dataSource, long seed, int resources, int patients) throws SQLException {
        this.random = new Random(seed);
        this.resources = resources;
        this.patients = patients;
        for (int i = 0; i < MOST_OPEN; i++) {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            open.add(new Open(connection, new ArrayList<>()));
        }
    }

    /** Writes a version in one of the transactions, or ends one. */
    void step() throws SQLException {
        Open one = open.get(random.nextInt(open.size()));
        String resource = "r" + random.nextInt(resources);
        if (random.nextInt(3) == 0 || locked.contains(resource)) {
            end(one);
        } else {
            write(one, resource);
        }
    }

    void steps(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            step();
        }
    }

    /** Ends what is open. */
    void finish() throws SQLException {
        for (Open one : open) {
            end(one);
        }
    }

    List<Write> committed() {
        return committed;
    }

    private void write(Open one, String resource) throws SQLException {
        locked.add(resource);
        long version = nextVersion(one.connection(), resource);
        String key = key(resource);
        try (PreparedStatement statement = one.connection().prepareStatement("""
                with written as (
                    insert into trial_version (resource_id, version_id, last_updated, content)
                    values (?, ?, now(), ?))
                insert into pending_publication (resource_type, resource_id, version_id, change, message_key)
                values ('Encounter', ?, ?, ?, ?)
                """)) {
            statement.setString(1, resource);
            statement.setLong(2, version);
            statement.setBytes(3, content(resource, version));
            statement.setString(4, resource);
            statement.setLong(5, version);
            statement.setString(6, version == 1 ? "created" : "updated");
            statement.setString(7, key);
            statement.executeUpdate();
        }
        one.writes().add(new Write(resource, version, key, commits, 0));
    }

    static byte[] content(String resource, long version) {
        return "{\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\"}}"
                .formatted(resource, version)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static long nextVersion(Connection connection, String resource) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                insert into trial_head as head values (?, 1)
                on conflict (resource_id) do update set version_id = head.version_id + 1
                returning version_id
                """)) {
            statement.setString(1, resource);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    /** Most often of the resource's own patient; one in ten is moved to another. */
    private String key(String resource) {
        int patient = random.nextInt(10) == 0 ? random.nextInt(patients) : resource.hashCode() % patients;
        return new UUID(0, patient).toString();
    }

    private void end(Open one) throws SQLException {
        if (random.nextInt(5) == 0) {
            one.connection().rollback();
        } else {
            one.connection().commit();
            commits++;
            one.writes().forEach(write -> committed.add(write.committedAs(commits)));
        }
        one.writes().forEach(write -> locked.remove(write.resource()));
        one.writes().clear();
    }

    @Override
    public void close() throws SQLException {
        for (Open one : open) {
            one.connection().close();
        }
    }
}
