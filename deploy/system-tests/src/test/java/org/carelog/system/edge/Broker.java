package org.carelog.system.edge;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What somebody tries on the broker: it throws what the broker answers. */
record Broker(Map<String, Object> login) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Begins at the first record, in no group. */
    KafkaConsumer<byte[], byte[]> reader(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    void read(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = reader(topic)) {
            consumer.poll(PATIENCE);
        }
    }

    /** @return what is the group's, from the first record on */
    ConsumerRecords<byte[], byte[]> readInGroup(String group, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                consumer(Map.of("group.id", group, "auto.offset.reset", "earliest"))) {
            consumer.subscribe(List.of(topic));
            return consumer.poll(PATIENCE);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(login);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void write(String topic) throws Throwable {
        Map<String, Object> settings = new HashMap<>(login);
        // one that is idempotent asks for a number first, and is refused that sooner or later than the topic
        settings.put("enable.idempotence", false);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[0])).get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }
}
