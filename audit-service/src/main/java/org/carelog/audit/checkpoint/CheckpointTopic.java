package org.carelog.audit.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignedNote;

/** Puts checkpoints on their topic: {@code docs/events/carelog.audit.checkpoint.v1.md}. Thread-safe. */
@Singleton
final class CheckpointTopic {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final String topic;
    private final Map<String, Object> settings;
    private KafkaProducer<String, byte[]> producer;

    CheckpointTopic(CheckpointConfig config, @Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.topic = config.topic();
        this.settings = new HashMap<>(broker);
        settings.putAll(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "audit-service-checkpoint",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                8_000,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                1L << 20));
    }

    /**
     * Returns when the topic has it.
     *
     * @throws KafkaException when that is not known: it is to be sent again
     */
    synchronized void send(SignedNote note) throws InterruptedException {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        try {
            producer.send(record(note)).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException(e);
        }
    }

    private ProducerRecord<String, byte[]> record(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, checkpoint.origin(), note.bytes());
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", Long.toString(checkpoint.size()),
                        "ce_source", "urn:carelog:audit-service",
                        "ce_type", "org.carelog.audit.checkpoint.v1",
                        "content-type", "text/plain; charset=utf-8")
                .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
