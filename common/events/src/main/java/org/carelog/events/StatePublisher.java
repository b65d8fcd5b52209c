package org.carelog.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends to the state topic, in transactions, for one reason: the broker takes nothing more from whoever was the owner
 * before, be it that a request of a process that is dead still lies there. It would be the last word of its key, and what
 * is newer would be compacted away. For one thread.
 */
final class StatePublisher implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    /** @throws KafkaException when the broker does not answer, or does not let it */
    StatePublisher(Map<String, Object> broker, String topic, int maxRecordSize) {
        producer = new KafkaProducer<>(
                settings(broker, topic, maxRecordSize), new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Map<String, Object> settings(Map<String, Object> broker, String topic, int maxRecordSize) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "carelog-state-relay");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordSize);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(8L << 20, 2L * maxRecordSize));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // bounds what a transaction without a broker waits
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        return settings;
    }

    /**
     * Returns when every replica that must have them has all of them.
     *
     * @throws KafkaException when that is not so; it is to be closed then
     */
    void publish(List<ProducerRecord<String, byte[]>> records) {
        producer.beginTransaction();
        records.forEach(producer::send);
        producer.commitTransaction();
    }

    @Override
    public void close() {
        Publisher.throwAway(producer);
    }
}
