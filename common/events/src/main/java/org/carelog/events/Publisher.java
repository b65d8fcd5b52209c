package org.carelog.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends events to one topic and keeps what became of each until it is asked for. For one thread. */
final class Publisher implements AutoCloseable {
    private final String topic;
    private final WakeUp wakeUp;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();

    Publisher(Map<String, Object> broker, String topic, int maxRecordSize, WakeUp wakeUp) {
        this.topic = topic;
        this.wakeUp = wakeUp;
        this.producer =
                new KafkaProducer<>(settings(broker, maxRecordSize), new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(Map<String, Object> broker, int maxRecordSize) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "carelog-relay");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordSize);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(16L << 20, 2L * maxRecordSize));
        // Never given up: a record that is given up and sent anew is on the topic twice if the broker had it all along.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // Bounds what a send without a broker, and so a stop of the relay, waits.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        return settings;
    }

    /** Starts a send; false: it already failed, and the caller looks at {@link #poll()} before it sends another. */
    boolean send(Pointer pointer, ResourceChanged event) {
        var future = producer.send(Envelope.encode(topic, pointer.key(), event), (metadata, failure) -> {
            sent.add(failure == null ? new Published(pointer) : failed(pointer, failure));
            wakeUp.call();
        });
        return !future.isDone();
    }

    /** What became of a send, in the order of the answers; null: nothing new. */
    Sent poll() {
        return sent.poll();
    }

    private static Sent failed(Pointer pointer, Exception failure) {
        return switch (failure) {
            case RecordTooLargeException e -> new Refused(pointer, e);
            case RecordBatchTooLargeException e -> new Refused(pointer, e);
            case InvalidRecordException e -> new Refused(pointer, e);
            case SerializationException e -> new Refused(pointer, e);
            case RetriableException e -> new NotNow(pointer, e);
            default -> new Broken(failure);
        };
    }

    /** Whatever is not yet sent is forgotten; it is still in the table. */
    @Override
    public void close() {
        try {
            producer.close(Duration.ZERO);
        } catch (KafkaException e) {
            // Nothing hangs on a producer that is thrown away.
        }
    }

    /** How a send ended. */
    sealed interface Sent {}

    /** Every replica that must have it has it. */
    record Published(Pointer pointer) implements Sent {}

    /** It was not taken and may be sent again, such as without a broker. */
    record NotNow(Pointer pointer, Exception why) implements Sent {}

    /** This record will not be taken as it is; others will. */
    record Refused(Pointer pointer, Exception why) implements Sent {}

    /** This producer will send nothing more. */
    record Broken(Exception why) implements Sent {}
}
