package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.created;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.PatientEvents.updated;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator does with events that could not be applied. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ParkedTest {

    @Test
    void whatWaitsBehindAnEventThatIsDiscardedIsApplied() {
        // Given
        String patient = newId();
        RealPlatform.send(List.of(unreadable(created(patient, "First")), updated(patient, 2, "Second")));
        Map<String, String> first = awaitParked(patient, 2).getFirst();
        assertThat(first).containsEntry("subject", "Patient/" + patient).containsEntry("reason", "HANDLER_FAILED");

        // When it is tried again, nothing has changed
        Response again = operate("$parked-redrive?id=" + first.get("id"));

        // Then
        assertThat(Told.values(again.jsonPath().getList("parameter"))).isEqualTo(Map.of("applied", "0", "parked", "2"));

        // When
        operate("$parked-discard?id=" + first.get("id")).then().statusCode(200);
        Response redriven =
                operate("$parked-redrive?id=" + parkedOf(patient).getFirst().get("id"));

        // Then
        assertThat(Told.values(redriven.jsonPath().getList("parameter")))
                .isEqualTo(Map.of("applied", "1", "parked", "0"));
        as("clinician").get("/Patient/" + patient).then().body("name[0].family", equalTo("Second"));
        assertThat(parkedOf(patient)).isEmpty();
    }

    @Test
    void aRecordWithoutAKeyCanOnlyBeDiscarded() {
        // Given
        byte[] mark = newId().getBytes(StandardCharsets.UTF_8);
        RealPlatform.send(
                List.of(new ProducerRecord<>(ServiceUnderTest.topic("carelog.patient.changed.v1"), 0, null, mark)));
        Map<String, String> parked = Awaitility.await()
                .until(
                        () -> Told.things("$parked").stream()
                                .filter(event -> !event.containsKey("key"))
                                .toList(),
                        found -> !found.isEmpty())
                .getLast();

        // When, Then
        operate("$parked-redrive?id=" + parked.get("id"))
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("has no key"));
        operate("$parked-discard?id=" + parked.get("id")).then().statusCode(200);
        operate("$parked-discard?id=" + parked.get("id")).then().statusCode(400);
    }

    @Test
    void whatWasDoneIsInTheJournalWithWhatItWasDoneTo() {
        // Given
        String patient = newId();
        RealPlatform.send(List.of(unreadable(created(patient, "First"))));
        String id = awaitParked(patient, 1).getFirst().get("id");

        // When
        String request = operate("$parked-discard?id=" + id).header("X-Request-Id");

        // Then
        JsonNode entry = AuditEntries.of(request).getFirst();
        assertThat(entry.path("interaction").asText()).isEqualTo("operation");
        assertThat(entry.path("operation").asText()).isEqualTo("parked-discard");
        assertThat(entry.path("entities").path(0).path("id").asText()).isEqualTo(patient);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clinician", "compliance", "loader"})
    void nobodyElseMayLookOrAct(String other) {
        as(other).get("/$parked").then().statusCode(403);
        as(other).post("/$parked-redrive?id=1").then().statusCode(403);
        as(other).post("/$parked-discard?id=1").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?id=x", "?id=0", "?id=1&id=2", "?key=a"})
    void anIdIsExpectedAndNothingElse(String query) {
        operate("$parked-redrive" + query).then().statusCode(400);
        operate("$parked-discard" + query).then().statusCode(400);
    }

    @Test
    void nothingIsChangedByAGet() {
        as("administrator").get("/$parked-discard?id=1").then().statusCode(405);
    }

    private static Response operate(String operation) {
        return as("administrator").post("/" + operation);
    }

    private static List<Map<String, String>> awaitParked(String patient, int count) {
        return Awaitility.await("parked events").until(() -> parkedOf(patient), found -> found.size() == count);
    }

    private static List<Map<String, String>> parkedOf(String patient) {
        return Told.things("$parked").stream()
                .filter(event -> patient.equals(event.get("key")))
                .toList();
    }

    /** The same with a value that is no JSON. */
    private static ProducerRecord<String, byte[]> unreadable(ProducerRecord<String, byte[]> event) {
        return new ProducerRecord<>(
                event.topic(), null, event.key(), "{".getBytes(StandardCharsets.UTF_8), event.headers());
    }
}
