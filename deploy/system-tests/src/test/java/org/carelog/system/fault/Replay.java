package org.carelog.system.fault;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.carelog.system.history.Poison;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;

/** Everything comes once more, as after a crash some of it may: each record of a topic is behind its end again. */
final class Replay implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;

    Replay(Carelog carelog) {
        Map<String, Object> administrator = KafkaLogin.asAdministrator(carelog);
        consumer = new KafkaConsumer<>(administrator, new StringDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> settings = new HashMap<>(administrator);
        settings.put("max.request.size", 6_291_456);
        settings.put("compression.type", "lz4");
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * @param times how often all of it comes again
     * @param without what is no event
     * @return how many records came
     */
    long of(String topic, int times, List<Poison> without) {
        Set<Poison> poison = Set.copyOf(without);
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long sent = 0;
        for (int i = 0; i < times; i++) {
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    boolean is = record.offset() < ends.get(new TopicPartition(topic, record.partition()))
                            && !poison.contains(new Poison(topic, record.partition(), record.offset()));
                    if (is) {
                        producer.send(new ProducerRecord<>(
                                topic, record.partition(), record.key(), record.value(), record.headers()));
                        sent++;
                    }
                }
            }
            producer.flush();
        }
        return sent;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
