package org.carelog.system.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.carelog.system.history.Poison;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.KafkaLogin;

/** Puts what is no event onto topics, as the one user who may everything, and remembers where. Thread-safe. */
final class Poisoner implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;
    private final Random random;
    private final List<Poison> put = new CopyOnWriteArrayList<>();

    Poisoner(Carelog carelog, Random random) {
        Map<String, Object> settings = new HashMap<>(KafkaLogin.asAdministrator(carelog));
        settings.put("max.request.size", 3_000_000);
        // never given up while the broker is away, so that it is known what is on the topic
        settings.put("delivery.timeout.ms", Integer.MAX_VALUE);
        settings.put("max.block.ms", 300_000);
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        this.random = random;
    }

    /** Returns when it is there. */
    void put(String topic, PoisonKind kind) throws ExecutionException, InterruptedException {
        String type = topic.contains(".patient.") ? "Patient" : "Encounter";
        RecordMetadata place = producer.send(kind.record(topic, type, random)).get();
        put.add(new Poison(topic, place.partition(), place.offset()));
    }

    List<Poison> put() {
        return List.copyOf(put);
    }

    @Override
    public void close() {
        producer.close();
    }
}
