package org.carelog.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.carelog.local.kafka.KafkaServer;
import org.carelog.local.kafka.Topic;
import org.carelog.local.kafka.Topics;
import org.carelog.local.process.ChildProcess;
import org.carelog.local.process.FreePort;

/** A Kafka of a test's own, which the test may kill and start again on the same data. For one thread. */
public final class MortalKafka implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    // So long is a broker that was killed held for alive, and the one in its place not let in.
    private static final Map<String, String> SETTINGS =
            Map.of("broker.session.timeout.ms", "2500", "broker.heartbeat.interval.ms", "500");

    private final KafkaServer server;
    private ChildProcess process;

    private MortalKafka(KafkaServer server) {
        this.server = server;
    }

    public static MortalKafka started() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("carelog-kafka-");
        MortalKafka kafka = new MortalKafka(KafkaServer.of(Checkout.root(), directory, FreePort.any(), FreePort.any()));
        kafka.server.initialize();
        kafka.start();
        return kafka;
    }

    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    /** A topic with one partition. */
    public String topic(String name) throws IOException, InterruptedException {
        Topics.create(bootstrapServers(), List.of(Topic.ofRecord(name, 1)));
        return name;
    }

    /** Returns when it answers. */
    public void start() throws IOException {
        process = ChildProcess.start(server.shortLived(SETTINGS));
        Awaitility.await("Kafka, log in " + server.log()).atMost(PATIENCE).until(server::answers);
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        kill();
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(server.directory())) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
