package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.topic;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.carelog.events.Change;
import org.carelog.events.Envelope;
import org.carelog.events.MessageKey;
import org.carelog.events.ResourceChanged;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** patient-service's own copy of what its types refer to. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class DirectoryProjectionTest {

    private static final String SOURCE = "urn:carelog:encounter-service";

    @Test
    void theDirectoryIsCopiedAndFoundThroughPatients() {
        // Given
        String practitioner = Patients.newId();
        String name = Patients.unique("Doctor");

        // When
        publish("Practitioner", practitioner, ",\"name\":[{\"family\":\"%s\"}]".formatted(name));
        String patient = Patients.created(
                "{\"resourceType\":\"Patient\",\"generalPractitioner\":[{\"reference\":\"Practitioner/%s\"}]}"
                        .formatted(practitioner));

        // Then
        as("clinician")
                .get("/Patient?general-practitioner:Practitioner.family=" + name)
                .then()
                .body("entry.resource.id", contains(patient));
        as("clinician").get("/Practitioner/" + practitioner).then().body("name[0].family", equalTo(name));
        as("clinician")
                .body("{\"resourceType\":\"Practitioner\"}")
                .post("/Practitioner")
                .then()
                .statusCode(405);
    }

    @Test
    void whatIsNotCopiedHerePasses() {
        // Given
        String observation = Patients.newId();

        // When
        publish("Observation", observation, ",\"status\":\"final\",\"code\":{\"text\":\"x\"}");

        // Then
        as("clinician").get("/Observation/" + observation).then().statusCode(404);
    }

    /** Waits until the event, and so what came before it under its key, is applied. */
    private static void publish(String type, String id, String members) {
        String key = MessageKey.of(type, id, null);
        String marker = Patients.newId();
        RealPlatform.send(List.of(event(type, id, key, members), event("Organization", marker, key, "")));
        Awaitility.await("copy of an organization")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> as("clinician").get("/Organization/" + marker).statusCode(), status -> status == 200);
    }

    private static ProducerRecord<String, byte[]> event(String type, String id, String key, String members) {
        String at = "2026-11-24T08:00:00Z";
        return Envelope.encode(
                topic("carelog.encounter.changed.v1"),
                key,
                new ResourceChanged(
                        Envelope.idOf(SOURCE, type, id, 1),
                        SOURCE,
                        type,
                        id,
                        1,
                        Change.CREATED,
                        Instant.parse(at),
                        """
                        {"resourceType":"%s","id":"%s","meta":{"versionId":"1","lastUpdated":"%s"}%s}""".formatted(type, id, at, members).getBytes(StandardCharsets.UTF_8)));
    }
}
