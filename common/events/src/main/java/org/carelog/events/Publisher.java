package org.carelog.events;

import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends events to one topic, in their order, and keeps what became of each until it is asked for. One request at a time
 * is on its way to a broker, and the first event that fails there closes the producer before it sends another: so
 * nothing ever overtakes what was refused. For one thread.
 */
final class Publisher implements AutoCloseable {
    private final String topic;
    private final WakeUp wakeUp;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<Sent> answers = new ConcurrentLinkedQueue<>();

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
        // What comes meanwhile goes together in the next: the busier, the larger the requests.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
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

    /** Starts a send. What it gives is why there is none: then nothing of this event is on its way. */
    Optional<Sent> send(Pointer pointer, ResourceChanged event) {
        Thread caller = Thread.currentThread();
        Queue<Sent> notStarted = new ArrayDeque<>(1);
        Span span = TopicSpan.publish(topic, pointer.traceparent());
        try {
            producer.send(record(pointer, event), (metadata, failure) -> {
                TopicSpan.end(span, failure);
                if (failure == null) {
                    Failpoint.AFTER_ACK.reached();
                    answers.add(new Published(pointer));
                } else if (Thread.currentThread().equals(caller)) {
                    notStarted.add(failed(pointer, failure));
                } else {
                    answers.add(failed(pointer, failure));
                    close();
                }
                wakeUp.call();
            });
        } catch (IllegalStateException e) {
            // an answer closed it
            TopicSpan.end(span, e);
            return Optional.of(new Broken(e));
        }
        Failpoint.AFTER_SEND.reached();
        return Optional.ofNullable(notStarted.poll());
    }

    private ProducerRecord<String, byte[]> record(Pointer pointer, ResourceChanged event) {
        return Envelope.encode(topic, pointer.key(), pointer.key(), event, pointer.traceparent());
    }

    /** What became of a send, in the order of the answers; null: nothing new. After one that failed all others do. */
    Sent poll() {
        return answers.poll();
    }

    private static Sent failed(Pointer pointer, Exception failure) {
        return switch (failure) {
            case Exception e when isOfTheRecord(e) -> new Refused(pointer, e);
            case RetriableException e -> new NotNow(e);
            default -> new Broken(failure);
        };
    }

    /** Whether this record will not be taken as it is, while others will. */
    static boolean isOfTheRecord(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof SerializationException;
    }

    /** Whatever is not yet sent is forgotten; it is still in the table. What became of the rest is then known. */
    @Override
    public void close() {
        throwAway(producer);
    }

    /** Closes a producer at once, whatever is on its way. */
    static void throwAway(KafkaProducer<?, ?> producer) {
        try {
            producer.close(Duration.ZERO);
        } catch (KafkaException e) {
            // Nothing hangs on a producer like that.
        }
    }

    /** How a send ended. */
    sealed interface Sent {}

    /** Every replica that must have it has it. */
    record Published(Pointer pointer) implements Sent {}

    /** It was not taken and may be sent again, such as without a broker. */
    record NotNow(Exception why) implements Sent {}

    /** This record will not be taken as it is; others will. */
    record Refused(Pointer pointer, Exception why) implements Sent {}

    /** This producer will send nothing more. */
    record Broken(Exception why) implements Sent {}
}
