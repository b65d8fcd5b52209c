package org.carelog.testing;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;

/**
 * The real servers that tests run on. Each is started by the first test that asks for it and stays up between runs; a
 * test that asks for PostgreSQL alone does not wait for the others. Thread-safe.
 */
public final class RealPlatform {

    /** As few as show that keys go to different ones: a test's topics come and go. */
    private static final int PARTITIONS = 3;

    private RealPlatform() {}

    /**
     * A fresh database, migrated as its owner.
     *
     * @param flywayLocations on the class path, such as {@code db/records}; none: the database is empty
     */
    public static TestDatabase database(String... flywayLocations) {
        return TestDatabase.create(WarmPostgres.running(), "test", flywayLocations);
    }

    /** The bootstrap servers of Kafka. It makes no topic by itself. */
    public static String kafka() {
        return WarmKafka.running().bootstrapServers();
    }

    /**
     * A fresh topic of the caller's own, configured as the deployment's are. It goes with the test process.
     *
     * @param kind what its name begins with
     */
    public static String topic(String kind) {
        String name = kind + "." + UUID.randomUUID().toString().substring(0, 8);
        try {
            Topics.create(kafka(), List.of(topic(kind, name)));
        } catch (IOException e) {
            throw new IllegalStateException("cannot make the topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        TopicsOfTests.goWithThisProcess(name);
        return name;
    }

    private static Topic topic(String kind, String name) {
        return kind.contains(".state.") ? Topic.ofState(name, PARTITIONS) : Topic.ofRecord(name, PARTITIONS);
    }

    /** Puts records on a topic, in their order, and returns when they are there. */
    public static void send(List<ProducerRecord<String, byte[]>> records) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            records.forEach(producer::send);
            producer.flush();
        }
    }

    /** Who makes the tokens. */
    public static Realm realm() {
        return WarmKeycloak.running();
    }

    /** The realm's address. */
    public static URI issuer() {
        return realm().issuer();
    }

    /** The secret of one of the realm's confidential clients. */
    public static String clientSecret(String client) {
        return realm().secrets()
                .of(client)
                .orElseThrow(() -> new IllegalArgumentException("the realm has no confidential client " + client));
    }

    /** A bearer token of a demo user or client of the realm, good for a minute at least. */
    public static String token(String name) {
        return CachedTokens.of(name);
    }

    /** Starts all servers at once and returns when all answer: sooner than one after the other. */
    static void start() {
        List<Runnable> servers = List.of(WarmPostgres::running, WarmKafka::running, WarmKeycloak::running);
        List<Future<?>> starts = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            servers.forEach(server -> starts.add(executor.submit(server)));
        }
        for (Future<?> start : starts) {
            if (start.state() == Future.State.FAILED) {
                throw new IllegalStateException("a test server did not start", start.exceptionNow());
            }
        }
    }
}
