package org.carelog.encounter;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.carelog.events.Change;
import org.carelog.events.Envelope;
import org.carelog.events.ResourceChanged;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What comes of the events of a patient: late, twice, and when the owner was asked before they came. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class PatientProjectionTest {
    private static final String SOURCE = "urn:carelog:patient-service";
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00.001Z");

    private static KafkaProducer<String, byte[]> producer;

    @ConfigProperty(name = "mp.messaging.incoming.patient-changed.group.id")
    String group;

    private final String id = UUID.randomUUID().toString();

    @BeforeAll
    static void connect() {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, ServiceUnderTest.kafka()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    @Test
    void aVersionThatComesBehindALaterOneIsInTheHistoryAndNothingElse() {
        // Given
        publish(2, Change.UPDATED);
        awaitVersion(2);

        // When
        publish(1, Change.CREATED);
        publish(3, Change.UPDATED);
        awaitVersion(3);

        // Then
        versions(contains("3", "2", "1"));
        as("clinician").get("/Patient/" + id).then().body("meta.versionId", equalTo("3"));
        as("clinician").get("/Patient?family=version1&_id=" + id).then().body("total", equalTo(0));
    }

    @Test
    void anEventThatComesAgainChangesNothing() {
        // Given
        publish(1, Change.CREATED);
        publish(2, Change.UPDATED);

        // When
        publish(1, Change.CREATED);
        publish(2, Change.UPDATED);
        publish(3, Change.UPDATED);
        awaitVersion(3);

        // Then
        versions(contains("3", "2", "1"));
    }

    @Test
    void aDeletionThatComesBehindALaterVersionIsOfThePatientItself() {
        // Given
        publish(3, Change.CREATED);
        awaitVersion(3);

        // When
        publish(1, Change.CREATED);
        publish(2, Change.DELETED);
        publish(4, Change.UPDATED);
        awaitVersion(4);

        // Then
        versions(contains("4", "3", "1")); // the deletion is an entry without a resource
        as("clinician").get("/Patient/" + id + "/_history/2").then().statusCode(410);
        as("clinician").get("/Patient/" + id).then().statusCode(200);
    }

    @Test
    void ofAPatientWhoseOwnerWasAskedEveryVersionIsThereOnceItsEventsHaveCome() {
        // Given
        owned("Patient/" + id, content(2, Change.UPDATED));
        as("clinician").body("""
                        {"resourceType":"Encounter","status":"planned","class":{"code":"AMB"},
                         "subject":{"reference":"Patient/%s"}}""".formatted(id)).post("/Encounter").then().statusCode(201);

        // When
        publish(1, Change.CREATED);
        publish(2, Change.CREATED);
        awaitVersion(2);
        publish(3, Change.UPDATED);
        awaitVersion(3);

        // Then: as the events tell, not as could be guessed from the owner's answer
        versions(contains("3", "2", "1"));
        as("clinician")
                .get("/Patient/" + id + "/_history")
                .then()
                .body("entry.response.status", contains("200", "201", "201"));
    }

    @Test
    void whatIsAppliedIsNotReadAgainAfterARestart() throws Exception {
        // Given
        RecordMetadata event = publish(1, Change.CREATED);
        TopicPartition partition = new TopicPartition(event.topic(), event.partition());

        // When
        awaitVersion(1);

        // Then
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, ServiceUnderTest.kafka()))) {
            Awaitility.await()
                    .until(
                            () -> admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .get(partition),
                            committed -> committed != null && committed.offset() > event.offset());
        }
    }

    private void versions(org.hamcrest.Matcher<?> versions) {
        as("clinician")
                .get("/Patient/" + id + "/_history")
                .then()
                .statusCode(200)
                .body("entry.findAll { it.resource != null }.resource.meta.versionId", versions);
    }

    private void awaitVersion(long version) {
        Awaitility.await()
                .untilAsserted(() -> as("clinician")
                        .get("/Patient/" + id + "/_history/" + version)
                        .then()
                        .statusCode(200));
    }

    private RecordMetadata publish(long version, Change change) {
        ResourceChanged event = new ResourceChanged(
                Envelope.idOf(SOURCE, "Patient", id, version),
                SOURCE,
                "Patient",
                id,
                version,
                change,
                FIRST.plusMillis(version),
                content(version, change).getBytes(StandardCharsets.UTF_8));
        Future<RecordMetadata> sent =
                producer.send(Envelope.encode(ServiceUnderTest.topic("carelog.patient.changed.v1"), id, event));
        producer.flush();
        return sent.resultNow();
    }

    private String content(long version, Change change) {
        String name = change == Change.DELETED ? "" : ",\"name\":[{\"family\":\"Version%d\"}]".formatted(version);
        return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\",\"lastUpdated\":\"%s\"}%s}"
                .formatted(id, version, FIRST.plusMillis(version), name);
    }
}
