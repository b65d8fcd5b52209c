package org.carelog.system.observation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.carelog.system.history.Event;
import org.carelog.system.history.Topic;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;

/** A topic from its beginning to what is its end now, as an integration engine reads it. */
final class Topics {
    private Topics() {}

    /** The events of resources of a type; and whatever does not say of which resource it is. */
    static Topic read(Carelog carelog, String name, String type) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                KafkaLogin.asEngine(carelog), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Event> events = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> events.add(event(record)));
            }
            events.removeIf(event ->
                    !event.headers().getOrDefault("ce_subject", type + "/").startsWith(type + "/"));
            return new Topic(name, events);
        }
    }

    private static Event event(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return new Event(
                record.partition(), record.offset(), record.timestamp(), record.key(), headers, record.value());
    }
}
