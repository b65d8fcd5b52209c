package org.carelog.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Watches a topic of changes from its end on, in no consumer group, and notes when each event was first seen. The
 * position is taken before the constructor returns: what is written later is seen.
 */
public final class ChangeTopic implements AutoCloseable {

    /**
     * An event as it arrived.
     *
     * @param type the CloudEvents type
     * @param nanos {@link System#nanoTime()} when the poll that held it returned
     */
    public record Arrival(String type, String id, int partition, long offset, long nanos) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    // By subject and version. Grows for as long as the topic is watched, which is a minute or two.
    private final ConcurrentMap<String, CompletableFuture<Arrival>> arrivals = new ConcurrentHashMap<>();

    /**
     * @param kafka the settings of a client that may read it
     * @throws org.apache.kafka.common.KafkaException when the broker does not answer
     */
    public ChangeTopic(Map<String, Object> kafka, String topic) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = Thread.ofPlatform().daemon().name("watch " + topic).start(this::watch);
    }

    /**
     * Completes when the event of that version has been seen; perhaps it has been already.
     *
     * @param reference {@code Type/id}
     */
    public CompletableFuture<Arrival> event(String reference, long version) {
        return arrivals.computeIfAbsent(reference + "/" + version, _ -> new CompletableFuture<>());
    }

    private void watch() {
        try (consumer) {
            while (true) {
                var records = consumer.poll(Duration.ofSeconds(1));
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> each : records) {
                    String version = header(each, "ce_sequence");
                    // A republished event is the same event: the first sight counts.
                    arrivals.computeIfAbsent(header(each, "ce_subject") + "/" + version, _ -> new CompletableFuture<>())
                            .complete(new Arrival(
                                    header(each, "ce_type"),
                                    header(each, "ce_id"),
                                    each.partition(),
                                    each.offset(),
                                    now));
                }
            }
        } catch (WakeupException closing) {
            // close() asked for it
        }
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join(Duration.ofSeconds(5));
    }
}
