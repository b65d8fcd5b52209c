package org.carelog.bench.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The first events of a topic, put behind its end again as they are: redeliveries, which change nothing. */
final class Repetition {

    /** Of the launcher's small heap. */
    private static final long MOST_BYTES = 32L << 20;

    private final List<ConsumerRecord<byte[], byte[]>> first = new ArrayList<>();
    private final Map<String, Object> kafka;

    /** @param kafka the settings of a client that may read and write the topic */
    Repetition(String topic, Map<String, Object> kafka) {
        this.kafka = kafka;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long bytes = 0;
            while (bytes < MOST_BYTES
                    && partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> event : consumer.poll(Duration.ofSeconds(1))) {
                    first.add(event);
                    bytes += event.serializedValueSize();
                }
            }
        }
    }

    /** How many different ones there are. */
    int size() {
        return first.size();
    }

    /** Returns when the broker has so many more. */
    void put(long count) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < count; i++) {
                ConsumerRecord<byte[], byte[]> event = first.get((int) (i % first.size()));
                producer.send(new ProducerRecord<>(
                        event.topic(), event.partition(), event.key(), event.value(), event.headers()));
            }
            producer.flush();
        }
    }
}
