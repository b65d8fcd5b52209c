package org.carelog.system.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How everything is, as an integration engine knows it that reads topics from offset 0 and keeps, for each resource, the
 * newest version. For one thread.
 */
final class CurrentState implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<String, Version> newest = new HashMap<>();

    CurrentState(Map<String, Object> kafka, List<String> topics) {
        consumer = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer());
        for (String topic : topics) {
            consumer.partitionsFor(topic)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** To what is the end now. */
    void readOn() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
            consumer.poll(Duration.ofMillis(200)).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            // of a resource that was erased; there are none yet, and nothing to keep of it
            return;
        }
        String resource = header(record, "ce_subject");
        Version version = new Version(
                Long.parseLong(header(record, "ce_sequence")),
                header(record, "ce_type").endsWith(".deleted.v1"),
                record.value());
        newest.merge(resource, version, (known, next) -> next.number() > known.number() ? next : known);
    }

    /** The contents of the resources of a type that are there and not deleted, by {@code [type]/[id]}. */
    Map<String, byte[]> of(String type) {
        Map<String, byte[]> present = new TreeMap<>();
        newest.forEach((resource, version) -> {
            if (resource.startsWith(type + "/") && !version.deletion()) {
                present.put(resource, version.content());
            }
        });
        return present;
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Version(long number, boolean deletion, byte[] content) {}

    @Override
    public void close() {
        consumer.close();
    }
}
