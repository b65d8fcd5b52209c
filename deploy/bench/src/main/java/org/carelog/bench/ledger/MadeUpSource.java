package org.carelog.bench.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Chain;
import org.carelog.audit.journal.Entity;

/** A service that never was, with its own sequence of accesses, sealed as services do it. For one thread. */
final class MadeUpSource {
    private static final String TOPIC = "carelog.access.recorded.v1";
    private static final int USERS = 500;

    private final String name;
    private final int patients;
    private final Random random = new Random(42);
    private long seq;
    private byte[] hash;

    MadeUpSource(String name, int patients) {
        this.name = name;
        this.patients = patients;
        this.hash = Chain.start(name);
    }

    String name() {
        return name;
    }

    /** Of some patient whose chart was opened. */
    String patient(int number) {
        return new UUID(name.hashCode(), number).toString();
    }

    /** Publishes so many; returns when the broker has them. */
    void publish(int count, Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 18);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(next().toRecord(TOPIC));
            }
            producer.flush();
        }
    }

    private AccessRecorded next() {
        seq++;
        byte[] entry = AccessJson.encode(access());
        byte[] previous = hash;
        hash = Chain.next(previous, seq, entry);
        return new AccessRecorded(name, seq, previous, hash, entry);
    }

    private Access access() {
        String patient = patient(random.nextInt(patients));
        UUID user = new UUID(1, random.nextInt(USERS));
        return new AccessBuilder()
                .id(new UUID(random.nextLong(), random.nextLong()))
                .at(Instant.now())
                .interaction("read")
                .method("GET")
                .agent(new Agent(user.toString(), "a user's name", "clinical-app", List.of("clinician")))
                .networkAddress("192.0.2." + random.nextInt(256))
                .requestId(UUID.randomUUID().toString())
                .entities(List.of(new Entity("Observation", UUID.randomUUID().toString(), 1L, patient)))
                .resourceType("Observation")
                .build();
    }
}
