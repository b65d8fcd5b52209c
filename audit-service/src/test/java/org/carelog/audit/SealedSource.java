package org.carelog.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Chain;
import org.carelog.testing.ServiceUnderTest;

/** A service that seals its accesses and sends them, as {@code docs/events/carelog.access.recorded.v1.md} says. */
public final class SealedSource implements AutoCloseable {
    private static final String TOPIC = "carelog.access.recorded.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final KafkaProducer<String, byte[]> producer;
    private byte[] hash;
    private long seq;

    /** A source that nobody else has. */
    public SealedSource(String kind) {
        name = kind + "-" + UUID.randomUUID().toString().substring(0, 8);
        hash = Chain.start(name);
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ServiceUnderTest.kafka()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public String name() {
        return name;
    }

    /**
     * A read of a version of an encounter that was answered.
     *
     * @param patient null: none is known
     */
    public static ObjectNode read(String encounter, String patient) {
        ObjectNode access = JSON.createObjectNode();
        access.put("id", UUID.randomUUID().toString());
        access.put("at", "2026-11-24T08:30:00.123Z");
        access.put("interaction", "read");
        access.put("resourceType", "Encounter");
        access.put("method", "GET");
        access.put("status", 200);
        access.put("requestId", UUID.randomUUID().toString());
        access.put("networkAddress", "192.0.2.7");
        access.putObject("agent")
                .put("subject", "7c0b8f6e-1111-4222-8333-444455556666")
                .put("name", "clinician")
                .put("client", "clinical-app")
                .putArray("roles")
                .add("clinician");
        ObjectNode entity = access.putArray("entities").addObject();
        entity.put("type", "Encounter").put("id", encounter).put("version", 3);
        if (patient != null) {
            entity.put("patient", patient);
        }
        return access;
    }

    /** The next of the sequence. */
    public AccessRecorded seal(ObjectNode access) {
        return seal(access.toString().getBytes(StandardCharsets.UTF_8));
    }

    public AccessRecorded seal(byte[] entry) {
        byte[] previous = hash;
        seq++;
        hash = Chain.next(previous, seq, entry);
        return new AccessRecorded(name, seq, previous, hash, entry);
    }

    public List<AccessRecorded> sealReads(int count) {
        List<AccessRecorded> sealed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sealed.add(seal(read("e" + i, "p" + i)));
        }
        return sealed;
    }

    /** Returns when the broker has them. */
    public void send(List<AccessRecorded> records) {
        sendRaw(records.stream()
                .map(record -> record.toRecord(ServiceUnderTest.topic(TOPIC)))
                .toList());
    }

    public void send(AccessRecorded... records) {
        send(List.of(records));
    }

    /** A record that has not the form of an entry. */
    public void sendBytes(byte[] value) {
        sendRaw(List.of(new ProducerRecord<>(ServiceUnderTest.topic(TOPIC), name, value)));
    }

    private void sendRaw(List<ProducerRecord<String, byte[]>> records) {
        List<Future<?>> acknowledgements = new ArrayList<>();
        records.forEach(record -> acknowledgements.add(producer.send(record)));
        for (Future<?> acknowledgement : acknowledgements) {
            try {
                acknowledgement.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
