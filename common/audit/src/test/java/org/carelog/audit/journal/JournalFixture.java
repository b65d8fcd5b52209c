package org.carelog.audit.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.carelog.sql.OwnConnections;
import org.carelog.testing.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** A journal as one replica of a service has it, without the container: what it needs is a database. */
final class JournalFixture implements AutoCloseable {
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    static {
        // brokers die here on purpose; held, for a logger that nobody holds forgets its level
        KAFKA.setLevel(Level.SEVERE);
    }

    final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    final JournalMetrics metrics = new JournalMetrics(new SimpleMeterRegistry());
    final JournalRoom room;
    final Recording recording;
    final GroupCommit groupCommit;
    final Journal journal;
    private final JournalConfig config;
    private final OwnConnections connections;
    private final ShipperCall call = new ShipperCall();

    JournalFixture(TestDatabase database) {
        this(database, database.jdbcUrl(), "carelog.access.recorded.v1");
    }

    JournalFixture(TestDatabase database, String jdbcUrl, String topic) {
        this(database, jdbcUrl, topic, Duration.ofMinutes(1));
    }

    /** @param recordTimeout short where it is to run out, and nowhere else */
    JournalFixture(TestDatabase database, String jdbcUrl, String topic, Duration recordTimeout) {
        this(database, jdbcUrl, new Settings(topic, recordTimeout, 1 << 30));
    }

    JournalFixture(TestDatabase database, String jdbcUrl, Settings settings) {
        this(database, jdbcUrl, settings, Optional::empty);
    }

    /** One whose recording a test may stop. */
    JournalFixture(TestDatabase database, Path unrecorded) {
        this(
                database,
                database.jdbcUrl(),
                new Settings("unused", Duration.ofMinutes(1), 1 << 30),
                () -> Optional.of(unrecorded));
    }

    private JournalFixture(TestDatabase database, String jdbcUrl, Settings settings, RecordingConfig recordingConfig) {
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.runtimeUser());
        dataSource.setPassword(database.runtimePassword());
        config = settings;
        connections = new OwnConnections(jdbcUrl, database.runtimeUser(), database.runtimePassword());
        room = new JournalRoom(config, new SimpleMeterRegistry());
        recording = new Recording(recordingConfig, config);
        recording.prepare(List.of("test"));
        groupCommit = new GroupCommit(
                config, new JournalConnection(connections), new Sequence(config), room, recording, metrics, call);
        groupCommit.start(null);
        journal = new Journal(config, groupCommit, room, recording, metrics, null, null);
    }

    /** The replica's shipper, started. */
    Shipper ship(String bootstrapServers) {
        AccessTopic topic = new AccessTopic(config, Map.of("bootstrap.servers", bootstrapServers));
        Shipper shipper = new Shipper(config, connections, new Shipments(config), topic, call, metrics);
        shipper.start(null);
        return shipper;
    }

    /** What a write does: the entry in its own transaction, and the call after its commit. */
    void recordInOwnTransaction(Connection connection, Access access) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        with written as (
                            insert into audit_entry (entry) values (?) returning entry_no)
                        insert into audit_unsealed (entry_no) select entry_no from written
                        """)) {
            statement.setBytes(1, AccessJson.encode(access));
            statement.executeUpdate();
        }
        groupCommit.callForSeal();
    }

    @Override
    public void close() throws InterruptedException {
        groupCommit.stop();
    }

    record Settings(String topic, Duration recordTimeout, long limit) implements JournalConfig {
        @Override
        public Optional<MemorySize> databaseLimit() {
            return Optional.empty();
        }

        @Override
        public MemorySize unshippedLimit() {
            return new MemorySize(BigInteger.valueOf(limit));
        }

        @Override
        public String source() {
            return "test-service";
        }

        @Override
        public int batchSize() {
            return 256;
        }

        @Override
        public Duration sealDelay() {
            return Duration.ofMillis(5);
        }

        @Override
        public Duration shipDelay() {
            return Duration.ofMillis(50);
        }

        @Override
        public Duration pollInterval() {
            return Duration.ofMillis(50);
        }
    }
}
