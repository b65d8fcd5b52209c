package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.endTokensOfItsQuestions;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.carelog.testing.ServiceUnderTest.tokensOfItsQuestions;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/create.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReferenceCheckTest {

    @Test
    void whatIsNotCopiedHereIsAskedOfItsOwner() {
        // Given
        String patient = Patients.created("{\"resourceType\":\"Patient\"}");
        String known = observation();

        // When, Then
        as("clinician").body(consent(patient, known)).post("/Consent").then().statusCode(201);
        as("clinician")
                .body(consent(patient, "Observation/" + UUID.randomUUID()))
                .post("/Consent")
                .then()
                .statusCode(422)
                .body("issue[0].code", equalTo("not-found"))
                .body("issue[0].expression[0]", equalTo("Consent.provision.data[0].reference"));
    }

    @Test
    void ownersAreAskedWithOneTokenAsLongAsItIsGood() {
        // Given
        String patient = Patients.created("{\"resourceType\":\"Patient\"}");
        createdConsent(patient);
        int tokens = tokensOfItsQuestions();

        // When
        createdConsent(patient);

        // Then
        assertThat(tokensOfItsQuestions()).isEqualTo(tokens);
    }

    @Test
    void anOwnerThatRefusesTheTokenIsAskedWithANewOne() {
        // Given
        String patient = Patients.created("{\"resourceType\":\"Patient\"}");
        createdConsent(patient);
        endTokensOfItsQuestions();

        // When, Then
        createdConsent(patient);
    }

    @Test
    void ofVeryManyReferencesEachThatPointsToNothingIsFound() {
        // Given
        String patient = Patients.created("{\"resourceType\":\"Patient\"}");
        List<String> targets = IntStream.range(0, 333)
                .mapToObj(i -> i % 111 == 0 ? "Observation/" + UUID.randomUUID() : observation())
                .toList();

        // When, Then
        as("clinician")
                .body("""
                {"resourceType":"Provenance","target":[{"reference":"Patient/%s"},%s],"recorded":"2026-01-01T00:00:00Z",
                "agent":[{"who":{"display":"somebody"}}]}""".formatted(
                                patient,
                                targets.stream()
                                        .map("{\"reference\":\"%s\"}"::formatted)
                                        .collect(Collectors.joining(","))))
                .post("/Provenance")
                .then()
                .statusCode(422)
                .body("issue", hasSize(3))
                .body("issue[0].expression[0]", equalTo("Provenance.target[1]"))
                .body("issue[2].expression[0]", equalTo("Provenance.target[223]"));
    }

    @Test
    void aPatientToWhomOnlyAForeignRecordRefersStays() {
        // Given
        String patient = Patients.created("{\"resourceType\":\"Patient\"}");
        String observation = "Observation/" + UUID.randomUUID();
        owned(observation, "{\"subject\":{\"reference\":\"Patient/%s\"}}".formatted(patient));

        // When, Then
        as("registrar")
                .delete("/Patient/" + patient)
                .then()
                .statusCode(409)
                .body("issue[0].diagnostics", containsString(observation));
        as("clinician").get("/Patient/" + patient).then().statusCode(200);
    }

    /** An owner of a foreign type is asked about what it refers to. */
    private static void createdConsent(String patient) {
        as("clinician")
                .body(consent(patient, observation()))
                .post("/Consent")
                .then()
                .statusCode(201);
    }

    private static String observation() {
        String reference = "Observation/" + UUID.randomUUID();
        owned(reference, "{}");
        return reference;
    }

    private static String consent(String patient, String data) {
        return """
                {"resourceType":"Consent","status":"active","scope":{"text":"x"},"category":[{"text":"x"}],
                "policyRule":{"text":"x"},"patient":{"reference":"Patient/%s"},
                "provision":{"data":[{"meaning":"instance","reference":{"reference":"%s"}}]}}""".formatted(patient, data);
    }
}
