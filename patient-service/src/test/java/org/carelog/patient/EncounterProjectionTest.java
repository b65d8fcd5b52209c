package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.topic;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.carelog.events.Change;
import org.carelog.events.Envelope;
import org.carelog.events.MessageKey;
import org.carelog.events.ResourceChanged;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** patient-service's own copy of every Encounter. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class EncounterProjectionTest {

    private static final String SOURCE = "urn:carelog:encounter-service";

    @Inject
    KafkaClientService clients;

    /** After a minute without an answer, which is the default, the channel would end for good: docs/adr/0004, notes. */
    @Test
    void theChannelWaitsForKafkaAsLongAsThatTakes() {
        Object timeout =
                clients.getConsumer("encounter-changed").configuration().get("default.api.timeout.ms");
        assertThat(timeout).hasToString(Integer.toString(Integer.MAX_VALUE));
    }

    @Test
    void anEncounterIsReadFoundAndComesAlongWithItsPatient() {
        // Given
        String patient = newId();
        String family = unique("Visited");
        Patients.put(patient, withFamily(patient, family));
        String encounter = newId();

        // When
        published(encounter, 1, Change.CREATED, """
                {"resourceType":"Encounter","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-11-24T08:00:01Z"},
                "status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/%s"}}""".formatted(encounter, patient));

        // Then
        awaitStatus(encounter, 200);
        as("clinician")
                .get("/Encounter?patient.family=" + family)
                .then()
                .body("entry.resource.id", contains(encounter));
        as("clinician")
                .get("/Patient?_revinclude=Encounter:patient&_id=" + patient)
                .then()
                .body("total", equalTo(1))
                .body("entry.resource.id", contains(patient, encounter));
    }

    @Test
    void aDeletedEncounterIsGone() {
        // Given
        String encounter = newId();
        published(encounter, 1, Change.CREATED, """
                {"resourceType":"Encounter","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-11-24T08:00:01Z"},
                "status":"finished","class":{"code":"AMB"}}""".formatted(encounter));

        // When
        published(encounter, 2, Change.DELETED, """
                {"resourceType":"Encounter","id":"%s","meta":{"versionId":"2","lastUpdated":"2026-11-24T08:00:02Z"}}""".formatted(encounter));

        // Then
        awaitStatus(encounter, 410);
    }

    private static void published(String id, long version, Change change, String content) {
        ResourceChanged event = new ResourceChanged(
                Envelope.idOf(SOURCE, "Encounter", id, version),
                SOURCE,
                "Encounter",
                id,
                version,
                change,
                Instant.parse("2026-11-24T08:00:00Z").plusSeconds(version),
                content.getBytes(StandardCharsets.UTF_8));
        RealPlatform.send(List.of(
                Envelope.encode(topic("carelog.encounter.changed.v1"), MessageKey.of("Encounter", id, null), event)));
    }

    private static void awaitStatus(String encounter, int status) {
        Awaitility.await("copy of an encounter")
                .pollInterval(Duration.ofMillis(20))
                .until(() -> as("clinician").get("/Encounter/" + encounter).statusCode(), seen -> seen == status);
    }
}
