package org.carelog.local.consume;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic, read by nobody else, or by a consumer group that goes on where it was. For one thread. */
final class Consumption implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final boolean inGroup;

    /** @param kafka the settings of a client that may read */
    Consumption(Map<String, Object> kafka, Optional<String> group, boolean fromBeginning) {
        Map<String, Object> settings = new HashMap<>(kafka);
        group.ifPresent(name -> settings.put(ConsumerConfig.GROUP_ID_CONFIG, name));
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromBeginning ? "earliest" : "latest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.inGroup = group.isPresent();
    }

    /**
     * What is written from when it returns is read; false when there is no such topic.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker refuses
     */
    boolean begin(String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (inGroup) {
            consumer.subscribe(List.of(topic));
        } else {
            consumer.assign(partitions);
            partitions.forEach(consumer::position);
        }
        return !partitions.isEmpty();
    }

    /** The next events, one after the other, as many at most; then the group has them. */
    long next(long atMost, Consumer<ConsumerRecord<byte[], byte[]>> to) {
        long taken = 0;
        Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> event : consumer.poll(POLL)) {
            if (taken < atMost) {
                to.accept(event);
                taken++;
                reached.put(
                        new TopicPartition(event.topic(), event.partition()),
                        new OffsetAndMetadata(event.offset() + 1));
            }
        }
        if (inGroup) {
            consumer.commitSync(reached);
        }
        return taken;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
