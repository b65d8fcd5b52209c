package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.TopicRecords.header;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.carelog.events.MessageKey;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.carelog.testing.TopicRecords;
import org.junit.jupiter.api.Test;

/** docs/events/carelog.patient.state.v1.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class StateTest {

    @Test
    void aPatientIsThereAsReadAndKeyedByItself() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        Patients.put(id, withFamily(id, "Example"));

        // Then
        // the mark of the first version may bring the second one; its own brings it again, with its trace
        ConsumerRecord<String, byte[]> state = state(
                "Patient/" + id,
                record -> header(record, "ce_sequence").equals("2")
                        && !header(record, "traceparent").isEmpty());
        Response read = as("clinician").get("/Patient/" + id);
        assertThat(state.value()).isEqualTo(read.asByteArray());
        assertThat(state.key()).isEqualTo(MessageKey.of("Patient", id, null)).isNotEqualTo(id);
        assertThat(header(state, "ce_type")).isEqualTo("org.carelog.fhir.r4.Patient.updated.v1");
        assertThat(header(state, "ce_partitionkey")).isEqualTo(id);
        assertThat(header(state, "ce_dataschema")).isEqualTo("urn:carelog:schema:resource:v1");
        assertThat(header(state, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }

    @Test
    void aDeletionStaysWithABodyThatSaysSo() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        Patients.delete(id);

        // Then
        ConsumerRecord<String, byte[]> state = state("Patient/" + id, 2);
        assertThat(header(state, "ce_type")).isEqualTo("org.carelog.fhir.r4.Patient.deleted.v1");
        assertThat(header(state, "ce_dataschema")).isEqualTo("urn:carelog:schema:deletion:v1");
        assertThat(new String(state.value(), StandardCharsets.UTF_8))
                .contains(id)
                .doesNotContain("Sample");
    }

    @Test
    void aResourceThatMovesToAnotherPatientKeepsItsKeyAndItsPartition() {
        // Given
        String one = Patients.created("{\"resourceType\":\"Patient\"}");
        String other = Patients.created("{\"resourceType\":\"Patient\"}");
        String id = newId();
        coverage(id, one);
        ConsumerRecord<String, byte[]> before = state("Coverage/" + id, 1);

        // When
        coverage(id, other);

        // Then
        ConsumerRecord<String, byte[]> after = state("Coverage/" + id, 2);
        assertThat(after.key()).isEqualTo(before.key());
        assertThat(after.partition()).isEqualTo(before.partition());
        assertThat(header(before, "ce_partitionkey")).isEqualTo(one);
        assertThat(header(after, "ce_partitionkey")).isEqualTo(other);
    }

    @Test
    void theWalkPublishesWhatIsThereWithoutATrace() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        state("Patient/" + id, 1);

        // When
        ServiceUnderTest.asOwner("update state_walk set place = 0, is_done = false");

        // Then
        ConsumerRecord<String, byte[]> again =
                state("Patient/" + id, record -> header(record, "traceparent").isEmpty());
        assertThat(header(again, "ce_sequence")).isEqualTo("1");
    }

    private static void coverage(String id, String patient) {
        int status = as("clinician")
                .body("""
                        {"resourceType":"Coverage","id":"%s","status":"active","beneficiary":{"reference":"Patient/%s"},
                        "payor":[{"reference":"Patient/%s"}]}""".formatted(id, patient, patient))
                .put("/Coverage/" + id)
                .statusCode();
        assertThat(status).isLessThan(300);
    }

    private static ConsumerRecord<String, byte[]> state(String subject, int version) {
        return state(subject, record -> header(record, "ce_sequence").equals(Integer.toString(version)));
    }

    private static ConsumerRecord<String, byte[]> state(
            String subject, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        try (TopicRecords topic = new TopicRecords(ServiceUnderTest.topic("carelog.patient.state.v1"))) {
            List<ConsumerRecord<String, byte[]>> records = topic.ofSubject(subject, wanted);
            return records.stream().filter(wanted).findFirst().orElseThrow();
        }
    }
}
