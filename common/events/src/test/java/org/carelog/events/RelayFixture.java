package org.carelog.events;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.carelog.events.PublishedContent.Content;
import org.carelog.events.PublishedContent.Version;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;

/** A service's database, and relays as its replicas have them, without the container. */
final class RelayFixture implements AutoCloseable {
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");
    private static final Logger RELAY = Logger.getLogger(Relay.class.getPackageName());

    static {
        // brokers and relays die here on purpose; held, for a logger that nobody holds forgets its level
        KAFKA.setLevel(Level.OFF);
        RELAY.setLevel(Level.OFF);
    }

    final TestDatabase database = RealPlatform.database("db/events", "db/trial");
    final WakeUp wakeUp = new WakeUp();
    private final AgroalDataSource pool = pool(database);
    private final Sql sql = new Sql(pool);
    private final String bootstrapServers;
    private final String topic;
    private final List<Relay> relays = new ArrayList<>();
    private final List<StateRelay> stateRelays = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private volatile Publisher publisher;

    RelayFixture(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    private static AgroalDataSource pool(TestDatabase database) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(4)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(database.jdbcUrl())
                                    .principal(new NamePrincipal(database.runtimeUser()))
                                    .credential(new SimplePassword(database.runtimePassword())))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Relay start() {
        return start(this::content);
    }

    /** One that has nothing to publish with. */
    Relay startWithout(Relay.Publishers publishers) {
        return start(publishers, versions -> Map.of());
    }

    Relay start(OneContent one) {
        PublishedContent history = versions -> {
            Map<Version, Content> found = new HashMap<>();
            versions.forEach(version -> one.find(version).ifPresent(content -> found.put(version, content)));
            return found;
        };
        return start(this::publisher, history);
    }

    private Relay start(Relay.Publishers publishers, PublishedContent history) {
        Relay relay = new Relay(this::connect, publishers, history, "urn:carelog:test", new Settings(), wakeUp);
        relays.add(relay);
        relay.start();
        return relay;
    }

    StateRelay startState(String stateTopic) {
        StateRelay relay = new StateRelay(
                this::connect,
                () -> statePublisher(stateTopic),
                new TrialState(sql),
                new StateRelay.Target(stateTopic, "urn:carelog:test"),
                new Settings());
        stateRelays.add(relay);
        relay.start();
        return relay;
    }

    StatePublisher statePublisher(String stateTopic) {
        return new StatePublisher(Map.of("bootstrap.servers", bootstrapServers), stateTopic, 40_000);
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(
                database.jdbcUrl() + "?ApplicationName=trial-relay",
                database.runtimeUser(),
                database.runtimePassword());
        connected.incrementAndGet();
        return connection;
    }

    /** How often a relay has connected, be it to find that another is the owner. */
    int connected() {
        return connected.get();
    }

    private Publisher publisher() {
        publisher = new Publisher(Map.of("bootstrap.servers", bootstrapServers), topic, 40_000, wakeUp);
        return publisher;
    }

    Optional<Content> content(Version version) {
        return sql.first(
                "select last_updated, content from trial_version where resource_id = ? and version_id = ?",
                row -> new Content(row.getTimestamp(1).toInstant(), row.getBytes(2)),
                version.id(),
                version.number());
    }

    interface OneContent {
        Optional<Content> find(Version version);
    }

    /** A committed version, as if a service had written it. */
    void write(String resource, long version, String key, byte[] content) {
        sql.update("insert into trial_version values (?, ?, now(), ?)", resource, version, content);
        sql.update("""
                insert into pending_publication (resource_type, resource_id, version_id, change, message_key)
                values ('Encounter', ?, ?, 'updated', ?)
                """, resource, version, key);
    }

    /** A version of which nobody was told: it was there before the topics were. */
    void writeUntold(String resource, long version, byte[] content) {
        sql.update("insert into trial_version values (?, ?, now(), ?)", resource, version, content);
    }

    /** The walk has nothing more to mark. */
    void endWalk() {
        sql.update("update state_walk set is_done = true");
    }

    /** A mark of a resource, be that there or not. */
    void mark(String resource) {
        sql.update("insert into pending_state (resource_type, resource_id) values ('Encounter', ?)", resource);
    }

    void replaceContent(String resource, long version, byte[] content) {
        sql.update(
                "update trial_version set content = ? where resource_id = ? and version_id = ?",
                content,
                resource,
                version);
    }

    /** The largest batch that the broker takes for the topic. */
    void limitTopic(int bytes) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            ConfigEntry limit = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    long pending() {
        return number("select count(*) from pending_publication");
    }

    /** Marks of resources, and whatever the walk has not come by. */
    long pendingState() {
        return number(
                "select (select count(*) from pending_state) + (select count(*) from state_walk where not is_done)");
    }

    /** Sessions of relays, owners or not. */
    long sessions() {
        return number("select count(*) from pg_stat_activity where application_name = 'trial-relay'");
    }

    /** The server ends the relays' sessions, and with them the owner's lock. */
    void endSessions() {
        sql.list(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'trial-relay'",
                row -> row.getBoolean(1));
    }

    /** The producer of the present owner stops working. */
    void closeProducer() {
        Publisher present = publisher;
        if (present != null) {
            present.close();
        }
    }

    PublishedEvents published() {
        return PublishedEvents.of(bootstrapServers, topic);
    }

    private long number(String query) {
        return sql.first(query, row -> row.getLong(1)).orElseThrow();
    }

    @Override
    public void close() {
        relays.forEach(Relay::close);
        stateRelays.forEach(StateRelay::close);
        pool.close();
        database.close();
    }

    record Settings() implements OutboxConfig {
        @Override
        public Duration pollInterval() {
            return Duration.ofMillis(10);
        }

        @Override
        public Duration stateInterval() {
            return Duration.ofMillis(10);
        }

        @Override
        public Duration retryInterval() {
            return Duration.ofMillis(50);
        }

        @Override
        public Duration holdInterval() {
            return Duration.ofMillis(300);
        }

        @Override
        public Duration alarmAge() {
            return Duration.ofMinutes(5);
        }
    }
}
