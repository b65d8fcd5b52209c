package org.carelog.encounter;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.topic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.carelog.events.Change;
import org.carelog.events.Envelope;
import org.carelog.events.MessageKey;
import org.carelog.events.ResourceChanged;
import org.carelog.testing.RealPlatform;

/** Events as patient-service publishes them. */
final class PatientEvents {

    private static final String SOURCE = "urn:carelog:patient-service";
    private static final String BEGINNING = "2026-11-24T08:00:00Z";

    private PatientEvents() {}

    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** A value that no other test uses, to be searched for. */
    static String unique(String begin) {
        return begin + UUID.randomUUID().toString().replace("-", "");
    }

    static ProducerRecord<String, byte[]> created(String id, String family) {
        return event(id, 1, Change.CREATED, json(id, 1, family));
    }

    static ProducerRecord<String, byte[]> updated(String id, long version, String family) {
        return event(id, version, Change.UPDATED, json(id, version, family));
    }

    static ProducerRecord<String, byte[]> deleted(String id, long version) {
        return event(id, version, Change.DELETED, """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"%d","lastUpdated":"%s"}}""".formatted(id, version, at(version)));
    }

    /** The version as its owner answers it. */
    static String json(String id, long version, String family) {
        return """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"%d","lastUpdated":"%s"},\
                "name":[{"family":"%s"}],"birthDate":"1936-05-21"}""".formatted(id, version, at(version), family);
    }

    /** Publishes the events and waits until the last of them is applied. */
    @SafeVarargs
    static void apply(ProducerRecord<String, byte[]>... events) {
        String marker = newId();
        RealPlatform.send(Arrays.asList(events));
        // of the same key, so behind them in their partition
        String key = events[events.length - 1].key();
        ProducerRecord<String, byte[]> last = created(marker, "Marker");
        ProducerRecord<String, byte[]> behind =
                new ProducerRecord<>(last.topic(), null, key, last.value(), last.headers());
        RealPlatform.send(Arrays.asList(behind));
        awaitPatient(marker);
    }

    static void awaitPatient(String id) {
        Awaitility.await("copy of a patient")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> as("clinician").get("/Patient/" + id).statusCode(), status -> status == 200);
    }

    private static ProducerRecord<String, byte[]> event(String id, long version, Change change, String content) {
        return Envelope.encode(
                topic("carelog.patient.changed.v1"),
                MessageKey.of("Patient", id, id),
                new ResourceChanged(
                        Envelope.idOf(SOURCE, "Patient", id, version),
                        SOURCE,
                        "Patient",
                        id,
                        version,
                        change,
                        at(version),
                        content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Instant at(long version) {
        return Instant.parse(BEGINNING).plusSeconds(version);
    }
}
