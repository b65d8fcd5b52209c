package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/api/operation-everything.md: the part of who the patient is */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class EverythingTest {
    private static final String PART = "/Patient/$everything-part?_from=encounter-service&_of=";

    private String patient;
    private List<String> others;

    @BeforeEach
    void aPatientWithARelativeAConsentAndAProvenance() {
        patient = "Patient/" + Patients.created("{\"resourceType\":\"Patient\"}");
        others = List.of(
                created("RelatedPerson", "\"patient\":{\"reference\":\"%s\"}".formatted(patient)),
                created("Coverage", """
                        "status":"active","beneficiary":{"reference":"%s"},"payor":[{"reference":"%s"}]""".formatted(patient, patient)),
                created("Consent", """
                        "status":"active","scope":{"text":"x"},"category":[{"text":"x"}],"patient":{"reference":"%s"},
                        "policyRule":{"text":"x"}""".formatted(patient)),
                created("Provenance", """
                        "target":[{"reference":"%s"}],"recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}]""".formatted(patient)));
        created(
                "RelatedPerson",
                "\"patient\":{\"reference\":\"Patient/%s\"}"
                        .formatted(Patients.created("{\"resourceType\":\"Patient\"}")));
    }

    @Test
    void whereItBeginsThePatientIsToldAndTheOtherServicesPartFollows() {
        as("clinician")
                .get("/" + patient + "/$everything")
                .then()
                .statusCode(200)
                .body("entry.size()", equalTo(5))
                .body("entry[0].fullUrl", endsWith(patient))
                .body(
                        "link.find { it.relation == 'next' }.url",
                        endsWith("/Encounter/$everything-part?_of=%s&_from=patient-service"
                                .formatted(patient.replace("/", "%2F"))));
    }

    @Test
    void asAPartItTellsWhatIsToldNowhereElseAndIsTheLast() {
        as("clinician")
                .get(PART + patient)
                .then()
                .statusCode(200)
                .body(
                        "entry.collect { it.resource.resourceType + '/' + it.resource.id }",
                        containsInAnyOrder(others.toArray()))
                .body("link.relation", contains("self"));
    }

    @Test
    void thePagesOfAPartStayInIt() {
        // Given
        String first = as("clinician")
                .get(PART + patient + "&_count=3")
                .then()
                .body("entry.size()", equalTo(3))
                .extract()
                .path("link.find { it.relation == 'next' }.url");

        // When, Then
        as("clinician")
                .urlEncodingEnabled(false)
                .get(first.replaceFirst("^.*/fhir", ""))
                .then()
                .statusCode(200)
                .body("entry.size()", equalTo(1))
                .body("link.find { it.relation == 'next' }", nullValue());
    }

    @Test
    void whoThePatientIsHasNoCareDates() {
        as("clinician")
                .get(PART + patient + "&end=1990")
                .then()
                .body("entry.size()", equalTo(3))
                .body("entry.resource.resourceType", containsInAnyOrder("RelatedPerson", "Coverage", "Consent"));
    }

    @Test
    void anEncounterIsTheOtherServices() {
        as("clinician").get("/Encounter/1/$everything").then().statusCode(400);
    }

    @Test
    void aPatientWhoIsNotThereIsNotFoundAndADeletedOneIsGone() {
        // Given
        String deleted = Patients.created("{\"resourceType\":\"Patient\"}");
        Patients.delete(deleted);

        // When, Then
        as("clinician")
                .get("/Patient/" + Patients.newId() + "/$everything")
                .then()
                .statusCode(404);
        as("clinician").get("/Patient/" + deleted + "/$everything").then().statusCode(410);
        as("patient").get("/" + patient + "/$everything").then().statusCode(404);
        as("patient").get(PART + patient).then().statusCode(404);
    }

    private static String created(String type, String members) {
        return type + "/"
                + as("clinician")
                        .body("{\"resourceType\":\"%s\",%s}".formatted(type, members))
                        .post("/" + type)
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
    }
}
