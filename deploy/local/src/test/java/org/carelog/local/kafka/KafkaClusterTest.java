package org.carelog.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers of the test's own. */
class KafkaClusterTest {
    private static final Topic TOPIC = Topic.ofRecord("on.three", 1);

    @TempDir
    private Path directory;

    private final List<ChildProcess> processes = new ArrayList<>();
    private KafkaCluster cluster;

    @BeforeEach
    void start() throws Exception {
        Path root = Path.of(System.getProperty("carelog.root"));
        List<Integer> controllers = List.of(FreePort.any(), FreePort.any(), FreePort.any());
        List<KafkaServer> brokers = new ArrayList<>();
        for (int controller : controllers) {
            brokers.add(KafkaServer.of(root, directory.resolve("broker-" + controller), FreePort.any(), controller)
                    .amongst(controllers));
        }
        cluster = new KafkaCluster(brokers);
        cluster.initialize();
        for (KafkaServer broker : cluster.brokers()) {
            processes.add(ChildProcess.start(broker.shortLived(Map.of())));
        }
    }

    @AfterEach
    void stop() {
        processes.forEach(ChildProcess::kill);
    }

    @Test
    void aRecordIsOnThreeBrokersAndCanBeWrittenWhileOneIsGone() throws Exception {
        // Given
        await().atMost(Duration.ofMinutes(3)).until(cluster.brokers().getFirst()::answers);
        Topics.create(cluster.administrator(), List.of(TOPIC));
        TopicPartitionInfo partition = partition();

        // When
        processes.get(partition.leader().id() - 1).kill();
        write();

        // Then
        assertThat(partition.replicas()).hasSize(3);
        assertThat(partition().isr()).hasSizeGreaterThanOrEqualTo(2);
    }

    private TopicPartitionInfo partition() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(cluster.administrator())) {
            return admin.describeTopics(List.of(TOPIC.name()))
                    .allTopicNames()
                    .get()
                    .get(TOPIC.name())
                    .partitions()
                    .getFirst();
        }
    }

    private void write() throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", cluster.administrator().get("bootstrap.servers"), "acks", "all");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC.name(), new byte[] {1})).get();
        }
    }
}
