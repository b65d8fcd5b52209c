package org.carelog.encounter;

import static org.carelog.encounter.PatientEvents.json;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.PatientEvents.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.carelog.testing.ServiceUnderTest.ownerAnswers;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/create.md, of references to what another service owns. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class PatientReferenceTest {

    @Test
    void anEncounterOfAPatientWhoDoesNotExistIsRefusedAndNotStored() {
        // Given
        String nobody = newId();

        // When
        Response answer = post("Patient/" + nobody);

        // Then
        answer.then()
                .statusCode(422)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("not-found"))
                .body("issue[0].expression[0]", equalTo("Encounter.subject"));
        as("clinician").get("/Encounter?patient=" + nobody).then().body("total", equalTo(0));
    }

    @Test
    void aSubjectThatIsNoPatientOrGroupIsRefused() {
        post("Practitioner/" + newId())
                .then()
                .statusCode(422)
                .body("issue.size()", equalTo(1))
                .body("issue[0].code", equalTo("value"))
                .body("issue[0].expression[0]", equalTo("Encounter.subject"))
                .body("issue[0].diagnostics", equalTo("A reference to Group or Patient belongs here"));
    }

    @Test
    void aPatientWhoseEventHasComeCounts() {
        // Given
        String patient = newId();
        PatientEvents.apply(PatientEvents.created(patient, "Sample"));

        // When, Then
        post("Patient/" + patient).then().statusCode(201);
    }

    @Test
    void aPatientWhoWasCreatedAMomentAgoCountsBeforeTheEventHasCome() {
        // Given
        String patient = newId();
        String family = unique("Moment");
        owned("Patient/" + patient, json(patient, 1, family));

        // When
        Response answer = post("Patient/" + patient);

        // Then
        answer.then().statusCode(201);
        as("clinician").get("/Encounter?patient.family=" + family).then().body("total", equalTo(1));
    }

    @Test
    void theEventThatComesAfterwardsChangesNothing() {
        // Given
        String patient = newId();
        owned("Patient/" + patient, json(patient, 1, "Sample"));
        post("Patient/" + patient).then().statusCode(201);

        // When
        PatientEvents.apply(PatientEvents.created(patient, "Sample"));

        // Then
        as("clinician").get("/Patient/" + patient + "/_history").then().body("total", equalTo(1));
    }

    @Test
    void aPatientWhomTheOwnerHasDeletedDoesNotExist() {
        // Given
        String patient = newId();
        ownerAnswers("Patient/" + patient, 410, "");

        // When, Then
        post("Patient/" + patient).then().statusCode(422);
    }

    @Test
    void aPatientOfWhoseDeletionTheEventHasComeDoesNotExist() {
        // Given
        String patient = newId();
        PatientEvents.apply(PatientEvents.created(patient, "Sample"), PatientEvents.deleted(patient, 2));

        // When, Then
        post("Patient/" + patient).then().statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 503})
    void anOwnerThatCannotTellMakesItATryAgain(int status) {
        // Given
        String patient = newId();
        ownerAnswers("Patient/" + patient, status, "");

        // When, Then
        post("Patient/" + patient)
                .then()
                .statusCode(503)
                .header("Retry-After", "1")
                .body("issue[0].code", equalTo("transient"));
    }

    @Test
    void theReferenceMayBeAbsoluteOrNameAVersion() {
        // Given
        String patient = newId();
        PatientEvents.apply(PatientEvents.created(patient, "Sample"));

        // When, Then
        post("http://localhost:8080/fhir/Patient/" + patient).then().statusCode(201);
        post("Patient/" + patient + "/_history/1").then().statusCode(201);
        post("http://localhost:8080/fhir/Patient/" + newId()).then().statusCode(422);
        as("clinician").get("/Encounter?_count=0&patient=" + patient).then().body("total", equalTo(2));
    }

    @ParameterizedTest
    @CsvSource({"http://elsewhere.example/fhir/Patient/1", "urn:uuid:0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f"})
    void aReferenceElsewhereIsNotJudged(String reference) {
        post(reference).then().statusCode(not(422)).statusCode(not(500));
    }

    @Test
    void anUpdateIsJudgedAsACreateIs() {
        // Given
        String patient = newId();
        PatientEvents.apply(PatientEvents.created(patient, "Sample"));
        String id = post("Patient/" + patient).path("id");

        // When, Then
        as("clinician")
                .body(Encounters.of(id, "Patient/" + newId()))
                .put("/Encounter/" + id)
                .then()
                .statusCode(422);
        as("clinician").get("/Encounter/" + id).then().header("ETag", "W/\"1\"");
    }

    private static Response post(String subject) {
        return as("clinician").body(Encounters.of("x", subject)).post("/Encounter");
    }
}
