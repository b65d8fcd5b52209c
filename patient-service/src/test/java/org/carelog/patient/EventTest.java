package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.TopicRecords.header;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.carelog.testing.TopicRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/events/carelog.patient.changed.v1.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class EventTest {

    private static final String TOPIC = "carelog.patient.changed.v1";

    @Test
    void aCreatedPatientsEventIsOnTheTopicWithItsWholeState() {
        // Given
        String id = newId();

        // When
        Response written = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // Then
        ConsumerRecord<String, byte[]> event = events(id, 1).getFirst();
        assertThat(event.key()).isEqualTo(id);
        assertThat(header(event, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(event, "ce_type")).isEqualTo("org.carelog.fhir.r4.Patient.created.v1");
        assertThat(header(event, "ce_source")).isEqualTo("urn:carelog:patient-service");
        assertThat(header(event, "ce_sequence")).isEqualTo("1");
        assertThat(header(event, "ce_partitionkey")).isEqualTo(id);
        assertThat(header(event, "ce_dataschema")).isEqualTo("urn:carelog:schema:resource:v1");
        assertThat(header(event, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        assertThat(header(event, "content-type")).isEqualTo("application/fhir+json");
        assertThat(OffsetDateTime.parse(header(event, "ce_time")))
                .isEqualTo(OffsetDateTime.parse(written.path("meta.lastUpdated")));
        assertThat(event.value()).isEqualTo(written.asByteArray());
    }

    @Test
    void aTransactionOfLargePatientsIsPublishedWhole() {
        // Given
        List<String> ids = Stream.generate(Patients::newId).limit(6).toList();
        String entries = ids.stream()
                .map(id -> """
                        {"resource":{"resourceType":"Patient","id":"%s","photo":[{"data":"%s"}]},
                        "request":{"method":"PUT","url":"Patient/%s"}}""".formatted(id, "Q0FS".repeat(400_000), id))
                .collect(Collectors.joining(","));

        // When
        as("clinician").body("""
                        {"resourceType":"Bundle","type":"transaction","entry":[%s]}""".formatted(entries)).post("/").then().statusCode(200);

        // Then
        assertThat(ids).allSatisfy(id -> assertThat(events(id, 1)).hasSize(1));
    }

    @Test
    void everyVersionIsOneEventInOrderAndADeletionHasAValue() throws Exception {
        // Given
        String id = newId();

        // When
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Example"));
        Patients.delete(id);
        Patients.put(id, withFamily(id, "Again"));

        // Then
        List<ConsumerRecord<String, byte[]>> events = events(id, 4);
        assertThat(events).extracting(event -> header(event, "ce_sequence")).containsExactly("1", "2", "3", "4");
        assertThat(events)
                .extracting(event -> header(event, "ce_type").replace("org.carelog.fhir.r4.Patient.", ""))
                .containsExactly("created.v1", "updated.v1", "deleted.v1", "created.v1");
        JsonNode deletion = new ObjectMapper().readTree(events.get(2).value());
        assertThat(deletion.path("id").asText()).isEqualTo(id);
        assertThat(deletion.at("/meta/versionId").asText()).isEqualTo("3");
        assertThat(deletion.has("name")).isFalse();
        assertThat(events)
                .extracting(event -> header(event, "ce_dataschema").replace("urn:carelog:schema:", ""))
                .containsExactly("resource:v1", "resource:v1", "deletion:v1", "resource:v1");
    }

    @Test
    void anEventIsOfTheTraceThatTheClientSays() {
        // Given
        String id = newId();
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        // When
        as("clinician")
                .header("traceparent", trace)
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id);

        // Then
        assertThat(header(events(id, 1).getFirst(), "traceparent")).isEqualTo(trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-Sample-Sample-01", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "Sample"})
    void whatIsNoTraceIsNotPassedOn(String sent) {
        // Given
        String id = newId();

        // When
        as("clinician")
                .header("traceparent", sent)
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id);

        // Then
        assertThat(header(events(id, 1).getFirst(), "traceparent"))
                .isNotEqualTo(sent)
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }

    @Test
    void anUnchangedPutARefusalAndASecondDeletionMakeNoEvent() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        Patients.put(id, withFamily(id, "Sample"));
        as("clinician")
                .header("If-Match", "W/\"7\"")
                .body(withFamily(id, "Late"))
                .put("/Patient/" + id)
                .then()
                .statusCode(412);
        as("clinician").body("{").put("/Patient/" + id).then().statusCode(400);
        Patients.delete(id);
        Patients.delete(id);
        Patients.put(id, withFamily(id, "Last"));

        // Then
        assertThat(events(id, 3))
                .extracting(event -> header(event, "ce_sequence"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void nothingThatWasTypedInIsInAKeyOrAHeader() {
        // Given
        String id = newId();

        // When
        Patients.put(id, withFamily(id, "Sample"));

        // Then
        ConsumerRecord<String, byte[]> event = events(id, 1).getFirst();
        event.headers()
                .forEach(header -> assertThat(new String(header.value(), StandardCharsets.UTF_8))
                        .doesNotContain("Sample"));
    }

    @Test
    void aPatientWithAnIdOfTheClientsHasAKeyThatDoesNotShowIt() {
        // Given
        String id = "mrn-4711-" + newId().substring(0, 8);

        // When
        Patients.put(id, withFamily(id, "Sample"));

        // Then
        assertThat(events(id, 1).getFirst().key()).doesNotContain("4711").matches("[0-9a-f-]{36}");
    }

    /** The patient's events up to a version. */
    private static List<ConsumerRecord<String, byte[]>> events(String id, int version) {
        try (TopicRecords topic = new TopicRecords(ServiceUnderTest.topic(TOPIC))) {
            return topic.ofSubject(
                    "Patient/" + id, event -> header(event, "ce_sequence").equals(Integer.toString(version)));
        }
    }
}
