package org.carelog.audit;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.topic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Chain;
import org.carelog.audit.journal.Entity;
import org.carelog.testing.RealPlatform;

/** A source of audit entries of one test's own, sealed and published as a service does it. */
final class SealedEntries {

    static final Instant MORNING = Instant.parse("2026-11-24T08:30:00Z");

    final String source = "source-" + UUID.randomUUID();
    private final List<AccessRecorded> sealed = new ArrayList<>();
    private byte[] hash = Chain.start(source);

    static String newId() {
        return UUID.randomUUID().toString();
    }

    static Agent clinician(String subject) {
        return new Agent(subject, "clinician", "clinical-app", List.of("clinician"));
    }

    static Entity patient(String id, long version) {
        return new Entity("Patient", id, version, id);
    }

    static Access access(String interaction, String method, int status, Agent agent, Instant at, Entity... touched) {
        return request(interaction, method, status, agent, at, touched).build();
    }

    static AccessBuilder request(
            String interaction, String method, int status, Agent agent, Instant at, Entity... touched) {
        return new AccessBuilder()
                .id(UUID.randomUUID())
                .at(at)
                .interaction(interaction)
                .method(method)
                .agent(agent)
                .networkAddress("192.0.2.7")
                .requestId("request-1")
                .status(status)
                .entities(List.of(touched))
                .query(interaction.equals("search-type") ? "family=x" : null)
                .resourceType("Patient");
    }

    /** Seals an access behind those before it; it is not published yet. */
    AccessRecorded seal(Access access) {
        return seal(AccessJson.encode(access));
    }

    AccessRecorded seal(byte[] entry) {
        byte[] next = Chain.next(hash, sealed.size() + 1L, entry);
        AccessRecorded recorded = new AccessRecorded(source, sealed.size() + 1L, hash, next, entry);
        sealed.add(recorded);
        hash = next;
        return recorded;
    }

    /** Seals so many reads of patients whom nobody else has. */
    List<AccessRecorded> sealReads(int count) {
        List<AccessRecorded> reads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reads.add(seal(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1))));
        }
        return reads;
    }

    /** Publishes them in this order; returns when the broker has them. */
    void send(List<AccessRecorded> entries) {
        RealPlatform.send(entries.stream()
                .map(entry -> entry.toRecord(topic("carelog.access.recorded.v1")))
                .toList());
    }

    /** Publishes something else under the source's key. */
    void sendBytes(byte[] value) {
        RealPlatform.send(List.of(new ProducerRecord<>(topic("carelog.access.recorded.v1"), source, value)));
    }

    /** Publishes them in this order and waits until all are taken in. */
    void publish(AccessRecorded... entries) {
        send(List.of(entries));
        SealedEntries marker = new SealedEntries();
        // of the same key, so behind them in their partition
        AccessRecorded last = marker.seal(access("read", "GET", 200, clinician("marker"), MORNING));
        ProducerRecord<String, byte[]> record = last.toRecord(topic("carelog.access.recorded.v1"));
        RealPlatform.send(
                List.of(new ProducerRecord<>(record.topic(), null, source, record.value(), record.headers())));
        Awaitility.await("entries of " + source)
                .until(
                        () -> as("compliance")
                                .get("/AuditEvent?_count=0&site=" + marker.source)
                                .<Integer>path("total"),
                        total -> total == 1);
    }

    /** Seals and publishes. */
    void happened(Access... accesses) {
        List<AccessRecorded> entries = new ArrayList<>();
        for (Access access : accesses) {
            entries.add(seal(access));
        }
        publish(entries.toArray(AccessRecorded[]::new));
    }
}
