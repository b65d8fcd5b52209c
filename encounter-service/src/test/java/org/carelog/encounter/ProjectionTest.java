package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.created;
import static org.carelog.encounter.PatientEvents.deleted;
import static org.carelog.encounter.PatientEvents.json;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.PatientEvents.unique;
import static org.carelog.encounter.PatientEvents.updated;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** encounter-service's own copy of every Patient. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ProjectionTest {

    @Test
    void aPatientIsReadAsItsOwnerPublishedIt() {
        // Given
        String patient = newId();

        // When
        PatientEvents.apply(created(patient, "Sample"));

        // Then
        Response read = as("clinician").get("/Patient/" + patient);
        read.then().statusCode(200).header("ETag", "W/\"1\"");
        assertThat(read.asByteArray()).isEqualTo(json(patient, 1, "Sample").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void encountersAreFoundByWhatTheirPatientIsLike() {
        // Given
        String patient = newId();
        String family = unique("Chained");
        PatientEvents.apply(created(patient, family));
        String encounter = Encounters.created(Encounters.of("x", "Patient/" + patient));

        // When, Then
        for (String query : List.of(
                "patient.name=" + family,
                "patient.family=" + family,
                "subject:Patient.family=" + family,
                "patient.family=" + family + "&patient.birthdate=1936",
                "patient=" + patient,
                "patient=Patient/" + patient,
                "subject=Patient/" + patient)) {
            as("clinician")
                    .get("/Encounter?" + query)
                    .then()
                    .statusCode(200)
                    .body("entry.resource.id", contains(encounter));
        }
        as("clinician")
                .get("/Encounter?patient.family=" + family + "&patient.birthdate=1937")
                .then()
                .body("total", equalTo(0));
    }

    @Test
    void anEncountersPatientComesAlong() {
        // Given
        String patient = newId();
        PatientEvents.apply(created(patient, "Sample"));
        String encounter = Encounters.created(Encounters.of("x", "Patient/" + patient));
        Encounters.created(Encounters.of("x", "Patient/" + patient));

        // When, Then
        as("clinician")
                .get("/Encounter?_include=Encounter:patient&patient=" + patient)
                .then()
                .body("total", equalTo(2))
                .body("entry", hasSize(3))
                .body("entry.search.mode", contains("match", "match", "include"))
                .body("entry[2].fullUrl", equalTo("http://localhost:8080/fhir/Patient/" + patient))
                .body("entry[2].resource.name[0].family", equalTo("Sample"));
        as("clinician")
                .get("/Patient?_revinclude=Encounter:patient&_id=" + patient)
                .then()
                .body("entry.search.mode", contains("match", "include", "include"))
                .body("entry[1].resource.id", equalTo(encounter));
    }

    @Test
    void aNewVersionOfThePatientIsWhatIsSearched() {
        // Given
        String patient = newId();
        String before = unique("Before");
        String after = unique("After");
        PatientEvents.apply(created(patient, before));
        Encounters.created(Encounters.of("x", "Patient/" + patient));

        // When
        PatientEvents.apply(updated(patient, 2, after));

        // Then
        as("clinician").get("/Encounter?patient.name=" + before).then().body("total", equalTo(0));
        as("clinician").get("/Encounter?patient.name=" + after).then().body("total", equalTo(1));
    }

    @Test
    void whatComesTwiceOrLateChangesNothing() {
        // Given
        String patient = newId();
        PatientEvents.apply(created(patient, "First"), updated(patient, 2, "Second"), updated(patient, 3, "Third"));

        // When
        PatientEvents.apply(created(patient, "First"), updated(patient, 3, "Third"), updated(patient, 2, "Second"));

        // Then
        as("clinician")
                .get("/Patient/" + patient)
                .then()
                .header("ETag", "W/\"3\"")
                .body("name[0].family", equalTo("Third"));
        as("clinician").get("/Patient/" + patient + "/_history").then().body("total", equalTo(3));
    }

    @Test
    void whatComesAfterTheDeletionDoesNotBringThePatientBack() {
        // Given
        String patient = newId();
        String family = unique("Gone");
        PatientEvents.apply(created(patient, family), deleted(patient, 3));

        // When
        PatientEvents.apply(updated(patient, 2, family));

        // Then
        as("clinician").get("/Patient/" + patient).then().statusCode(410);
        as("clinician").get("/Patient?family=" + family).then().body("total", equalTo(0));
    }

    @Test
    void aDeletionThatComesFirstIsKept() {
        // Given
        String patient = newId();

        // When
        PatientEvents.apply(deleted(patient, 2), created(patient, "Late"));

        // Then
        as("clinician").get("/Patient/" + patient).then().statusCode(410);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /Patient",
        "PUT, /Patient/1",
        "PATCH, /Patient/1",
        "DELETE, /Patient/1",
        "DELETE, /Patient?name=x"
    })
    void nobodyWritesTheCopy(Method method, String path) {
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"id\":\"1\"}")
                .request(method, path)
                .then()
                .statusCode(405)
                .body("resourceType", equalTo("OperationOutcome"));
    }
}
