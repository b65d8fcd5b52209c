package org.carelog.events;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.carelog.events.OverlappingWriters.Write;

/** A topic as it is, and what is wrong with it. */
final class PublishedEvents {
    private final List<ConsumerRecord<String, byte[]>> records;
    private final Map<String, ConsumerRecord<String, byte[]>> first = new LinkedHashMap<>();

    private PublishedEvents(List<ConsumerRecord<String, byte[]>> records) {
        this.records = records;
        for (ConsumerRecord<String, byte[]> record : records) {
            first.putIfAbsent(name(record), record);
        }
    }

    /** From its beginning to its present end. */
    static PublishedEvents of(String bootstrapServers, String topic) {
        return of(bootstrapServers, topic, "read_uncommitted");
    }

    /** The same, with or without what a transaction has left undone. */
    static PublishedEvents of(String bootstrapServers, String topic, String isolation) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return new PublishedEvents(records);
    }

    List<ConsumerRecord<String, byte[]>> records() {
        return records;
    }

    int count() {
        return records.size();
    }

    /** Resource and version of each record, {@code r1/2}, in the order of the partitions. */
    List<String> names() {
        return records.stream().map(PublishedEvents::name).toList();
    }

    /**
     * Where the topic does not hold what was committed: each version, with one id, and before it what came before it in
     * its resource and what its writer had seen in its key. That something is there again is no fault.
     */
    List<String> faults(List<Write> committed) {
        List<String> faults = new ArrayList<>();
        Map<String, Write> writes = new HashMap<>();
        committed.forEach(write -> writes.put(write.name(), write));
        for (Write write : committed) {
            ConsumerRecord<String, byte[]> record = first.get(write.name());
            if (record == null) {
                faults.add("lost: " + write.name());
            } else if (!record.key().equals(write.key())) {
                faults.add("under another key: " + write.name());
            } else if (!new String(record.value(), java.nio.charset.StandardCharsets.UTF_8)
                    .equals(new String(
                            OverlappingWriters.content(write.resource(), write.version()),
                            java.nio.charset.StandardCharsets.UTF_8))) {
                faults.add("another content: " + write.name());
            }
        }
        for (ConsumerRecord<String, byte[]> record : records) {
            if (!writes.containsKey(name(record))) {
                faults.add("invented: " + name(record));
            } else if (!id(record).equals(id(first.get(name(record))))) {
                faults.add("another id: " + name(record));
            }
        }
        versions(committed, faults);
        keys(committed, faults);
        return faults;
    }

    /** A resource that was moved has versions in several partitions: there, the time of sending tells. */
    private void versions(List<Write> committed, List<String> faults) {
        for (Write write : committed) {
            ConsumerRecord<String, byte[]> before = first.get(write.resource() + "/" + (write.version() - 1));
            ConsumerRecord<String, byte[]> record = first.get(write.name());
            if (before == null || record == null) {
                continue;
            }
            boolean ordered = before.partition() == record.partition()
                    ? before.offset() < record.offset()
                    : before.timestamp() <= record.timestamp();
            if (!ordered) {
                faults.add("before its predecessor: " + write.name());
            }
        }
    }

    private void keys(List<Write> committed, List<String> faults) {
        Map<String, List<Write>> byKey = new HashMap<>();
        committed.forEach(write ->
                byKey.computeIfAbsent(write.key(), key -> new ArrayList<>()).add(write));
        for (List<Write> ofKey : byKey.values()) {
            for (Write one : ofKey) {
                for (Write other : ofKey) {
                    ConsumerRecord<String, byte[]> seen = first.get(one.name());
                    ConsumerRecord<String, byte[]> by = first.get(other.name());
                    if (one.commit() <= other.seen() && seen != null && by != null && seen.offset() > by.offset()) {
                        faults.add("before what its writer had seen: %s, %s".formatted(other.name(), one.name()));
                    }
                }
            }
        }
    }

    private static String name(ConsumerRecord<String, byte[]> record) {
        return switch (Envelope.decode(record)) {
            case Decoded.Event(ResourceChanged event) -> event.resourceId() + "/" + event.version();
            case Decoded.Unreadable unreadable -> "unreadable at " + record.offset();
        };
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        return Envelope.decode(record) instanceof Decoded.Event(ResourceChanged event) ? event.id() : "none";
    }
}
