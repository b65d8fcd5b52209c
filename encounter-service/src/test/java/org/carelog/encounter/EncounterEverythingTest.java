package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.Resources.created;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/api/operation-everything.md, of an encounter */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class EncounterEverythingTest {
    private String patient;

    @BeforeEach
    void aPatient() {
        String id = newId();
        owned("Patient/" + id, PatientEvents.json(id, 1, "X"));
        patient = "Patient/" + id;
    }

    @Test
    void theEncounterComesFirstThenItsCompartmentThenWhatIsReferredTo() {
        // Given
        String practitioner = created("{\"resourceType\":\"Practitioner\"}");
        String reason =
                created("{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"%s\"}}".formatted(patient));
        created("{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"%s\"}}".formatted(patient));
        String visit = created("""
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"%s"},
                "participant":[{"individual":{"reference":"%s"}}],"diagnosis":[{"condition":{"reference":"%s"}}]}""".formatted(patient, practitioner, reason));
        String observed = created("""
                {"resourceType":"Observation","status":"final","code":{"text":"x"},"subject":{"reference":"%s"},
                "encounter":{"reference":"%s"}}""".formatted(patient, visit));
        String administered = created("""
                {"resourceType":"MedicationAdministration","status":"completed","subject":{"reference":"%s"},
                "medicationCodeableConcept":{"text":"x"},"effectiveDateTime":"2020","context":{"reference":"%s"}}""".formatted(patient, visit));

        for (int count = 1; count < 8; count++) {
            // When
            EverythingWalk walk = EverythingWalk.by("clinician", visit + "/$everything?_count=" + count);

            // Then
            assertThat(walk.all())
                    .startsWith(visit, observed, administered)
                    .containsExactlyInAnyOrder(visit, observed, administered, patient, practitioner, reason);
            assertThat(walk.included()).containsExactlyInAnyOrder(patient, practitioner, reason);
            assertThat(walk.onwards()).isEqualTo(Optional.empty());
        }
    }

    @Test
    void whatIsReferredToOfAnotherPatientIsNotTold() {
        // Given
        String id = newId();
        owned("Patient/" + id, PatientEvents.json(id, 1, "X"));
        String ofOther =
                created("{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/%s\"}}".formatted(id));
        String visit = created("""
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},"subject":{"reference":"%s"},
                "diagnosis":[{"condition":{"reference":"%s"}}]}""".formatted(patient, ofOther));

        // When, Then
        assertThat(EverythingWalk.by("clinician", visit + "/$everything").all()).containsExactly(visit, patient);
    }

    @Test
    void itHasNoCareDates() {
        // Given
        String visit = created(Encounters.of("x", patient));

        // When, Then
        as("clinician")
                .get("/" + visit + "/$everything?start=2020")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'start'"));
        as("clinician").get("/Encounter/" + newId() + "/$everything").then().statusCode(404);
        as("patient").get("/" + visit + "/$everything").then().statusCode(404);
        as("clinician").delete("/" + visit).then().statusCode(204);
        as("clinician").get("/" + visit + "/$everything").then().statusCode(410);
    }
}
