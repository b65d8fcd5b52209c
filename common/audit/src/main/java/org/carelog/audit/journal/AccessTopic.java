package org.carelog.audit.journal;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts sealed entries on the topic, in order. For one thread. */
@Singleton
final class AccessTopic {
    /** Of all entries of a send. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final String topic;
    private final Map<String, Object> settings;
    private KafkaProducer<String, byte[]> producer;

    AccessTopic(JournalConfig config, @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.topic = config.topic();
        this.settings = new HashMap<>(broker);
        settings.putAll(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                config.source() + "-audit",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // A broker that is only starting refuses the first request of a producer that it does not know, and may
                // take the second, which then comes before it.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                // never given up one by one: what follows could be there without it
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                16L << 20,
                // of what is not compressed yet; the topic has the last word
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                8 << 20));
    }

    /**
     * Returns when the topic has acknowledged every entry.
     *
     * @throws KafkaException when it has not: some may be there, and all are to be sent again
     */
    void send(List<AccessRecorded> entries) throws InterruptedException {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        long until = System.nanoTime() + LONGEST_WAIT.toNanos();
        List<Future<RecordMetadata>> acks = new ArrayList<>(entries.size());
        for (AccessRecorded entry : entries) {
            Future<RecordMetadata> ack = producer.send(entry.toRecord(topic));
            if (ack.isDone()) {
                // refused without being sent; each further one could block as long
                await(ack, until);
            }
            acks.add(ack);
        }
        for (Future<RecordMetadata> ack : acks) {
            await(ack, until);
        }
    }

    private static void await(Future<RecordMetadata> ack, long until) throws InterruptedException {
        try {
            ack.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(e);
        }
    }

    /** Gives up what is on its way; the next send begins with a new producer, whose first record follows nothing. */
    void discard() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
