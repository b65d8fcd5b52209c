package org.carelog.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of the test's own. */
class KafkaServerTest {

    private static final int LARGEST_RESOURCE = 5 * 1024 * 1024;

    @TempDir
    private static Path directory;

    // So long is a broker that was killed held for alive, and the one in its place not let in.
    private static final Map<String, String> SETTINGS =
            Map.of("broker.session.timeout.ms", "2500", "broker.heartbeat.interval.ms", "500");

    private static KafkaServer server;
    private static ChildProcess process;

    @BeforeAll
    static void start() throws Exception {
        server = KafkaServer.of(Path.of(System.getProperty("carelog.root")), directory, FreePort.any(), FreePort.any());
        server.initialize();
        run();
    }

    @AfterAll
    static void stop() {
        if (process != null) {
            // the first one that ends in order keeps its classes for all that follow
            process.stop(Duration.ofSeconds(60));
        }
    }

    @Test
    void theTopicsOfTheDeploymentKeepWhatTheySayAndTakeTheLargestResource() throws Exception {
        // When
        Topics.create(server.bootstrapServers(), Topics.CARELOG);

        // Then
        for (Topic topic : Topics.CARELOG) {
            assertThat(partitions(topic.name())).isEqualTo(topic.partitions());
            Config config = config(topic.name());
            assertThat(topic.configuration())
                    .containsEntry("max.message.bytes", "6291456")
                    .allSatisfy(
                            (key, value) -> assertThat(config.get(key).value()).isEqualTo(value));
            send(topic.name(), new byte[LARGEST_RESOURCE]);
        }
    }

    @Test
    void topicsThatAreThereKeepWhatIsInThemWhenTheyAreMadeAgain() throws Exception {
        // Given
        Topic topic = Topic.ofRecord("made.twice", 2);
        Topics.create(server.bootstrapServers(), List.of(topic));
        send(topic.name(), new byte[] {1});

        // When
        Topics.create(server.bootstrapServers(), List.of(topic));

        // Then
        assertThat(endOffset(topic.name(), 0)).isOne();
    }

    @Test
    void aTopicWithAnotherNumberOfPartitionsIsNotTakenForOurs() throws Exception {
        // Given
        Topics.create(server.bootstrapServers(), List.of(Topic.ofRecord("too.narrow", 1)));

        // When, Then
        assertThatThrownBy(() -> Topics.create(server.bootstrapServers(), List.of(Topic.ofRecord("too.narrow", 3))))
                .isInstanceOf(IOException.class)
                .hasMessage("the topic too.narrow has 1 partitions and must have 3");
    }

    @Test
    void noTopicComesIntoBeingByAccident() throws Exception {
        // When
        assertThatThrownBy(() -> send("never.made", new byte[] {1}));

        // Then
        try (Admin admin = admin()) {
            assertThat(admin.listTopics().names().get()).doesNotContain("never.made");
        }
    }

    @Test
    void aRecordThatIsLargerThanTheTopicTakesIsRefused() throws Exception {
        // Given
        Topics.create(server.bootstrapServers(), List.of(Topic.ofRecord("not.for.films", 1)));

        // When, Then
        assertThatThrownBy(() -> send("not.for.films", new byte[7 * 1024 * 1024]))
                .hasCauseInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        // Given
        Topics.create(server.bootstrapServers(), List.of(Topic.ofRecord("survives", 1)));
        send("survives", new byte[] {1, 2, 3});
        process.kill();
        assertThat(server.answers()).isFalse();

        // When
        server.initialize();
        run();

        // Then
        assertThat(endOffset("survives", 0)).isOne();
    }

    @Test
    void theBrokerSaysWhatItDoes() throws Exception {
        // When
        String log = Files.readString(server.log());

        // Then
        assertThat(log).contains("Formatting").contains("Kafka Server started");
    }

    private static void run() throws Exception {
        process = ChildProcess.start(server.shortLived(SETTINGS));
        Instant end = Instant.now().plus(Duration.ofMinutes(3));
        while (!server.answers()) {
            if (exited() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("Kafka did not start:\n" + Files.readString(server.log()));
            }
        }
    }

    /** Waits a little for it. */
    private static boolean exited() throws Exception {
        try {
            process.exit().get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException runs) {
            return false;
        }
    }

    private static int partitions(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private static Config config(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(resource)).all().get().get(resource);
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()));
    }

    private static void send(String topic, byte[] value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                server.bootstrapServers(),
                "acks",
                "all",
                "max.block.ms",
                5_000,
                "max.request.size",
                16 * 1024 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, new byte[] {0}, value)).get();
        }
    }

    private static long endOffset(String topic, int partition) {
        TopicPartition where = new TopicPartition(topic, partition);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(where)).get(where);
        }
    }
}
