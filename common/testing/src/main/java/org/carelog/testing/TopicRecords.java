package org.carelog.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** A topic from its start, for one thread. */
public final class TopicRecords implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> received = new ArrayList<>();

    public TopicRecords(String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, RealPlatform.kafka()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits for a record that is wanted, and gives all of this subject up to it, in the order in which they came. */
    public List<ConsumerRecord<String, byte[]>> ofSubject(
            String subject, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        Awaitility.await("record of " + subject)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    consumer.poll(Duration.ofMillis(100)).forEach(received::add);
                    return of(subject).stream().anyMatch(wanted);
                });
        return of(subject);
    }

    private List<ConsumerRecord<String, byte[]>> of(String subject) {
        return received.stream()
                .filter(record -> header(record, "ce_subject").equals(subject))
                .toList();
    }

    /** The header's text; empty when there is none. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
