package org.carelog.bench.event;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.carelog.local.operate.RebuildCommand;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code carelog bench replay}. Writes no record: what is rebuilt is as it was. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "How fast one consumer reads all that is on the topics, as an integration engine, and counts it;",
            "and how fast each service's copies are rebuilt."
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final List<String> TOPICS = List.of(
            "carelog.patient.changed.v1",
            "carelog.encounter.changed.v1",
            "carelog.patient.state.v1",
            "carelog.encounter.state.v1");
    private static final List<String> COPYING = List.of("encounter-service", "patient-service");

    private final Installation installation;

    public ReplayCommand(Installation installation) {
        this.installation = installation;
    }

    @Override
    public Integer call() throws Exception {
        Map<String, Object> engine =
                new HashMap<>(RunningSystem.find(installation).kafkaAsEngine());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(engine, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (String topic : TOPICS) {
                read(consumer, topic);
            }
        }
        int failed = 0;
        for (String service : COPYING) {
            System.out.println("Copies of " + service + ":");
            failed = Math.max(failed, new CommandLine(new RebuildCommand(installation)).execute(service));
        }
        return failed;
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        long events = 0;
        long begun = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            events += consumer.poll(Duration.ofSeconds(1)).count();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%-28s  %8d records in %6.1f s, %7.0f/s%n", topic, events, seconds, events / seconds);
    }
}
