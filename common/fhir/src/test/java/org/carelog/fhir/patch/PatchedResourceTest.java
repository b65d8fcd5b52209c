package org.carelog.fhir.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.OperationOutcomes;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchedResourceTest {
    @Test
    void whatIsStillThatResourceIsGivenBack() {
        // When
        Patient patient = (Patient) FhirJson.model(
                PatchedResource.of(bytes("{'resourceType':'Patient','id':'p','active':true}"), "Patient", "p"));

        // Then
        assertThat(patient.getActive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'resourceType':'Patient','id':'q'}",
                "{'resourceType':'Patient'}",
                "{'resourceType':'Encounter','id':'p'}",
                "{'id':'p'}",
            })
    void anotherTypeOrIdIsRefused(String json) {
        // When
        FhirProblem problem = refusal(json);

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.IdentityPatched.class);
        assertThat(OperationOutcomes.status(problem)).isEqualTo(422);
    }

    @Test
    void whatBreaksTheRulesOfItsTypeIsRefusedWithThePlaces() {
        // When
        FhirProblem problem = refusal("{'resourceType':'Patient','id':'p','gender':'x','name':[{'given':'a'}]}");

        // Then
        assertThat(OperationOutcomes.status(problem)).isEqualTo(422);
        assertThat(((FhirProblem.InvalidPatchResult) problem).faults())
                .extracting(Fault::expression)
                .containsExactly("Patient.gender", "Patient.name[0].given");
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static FhirProblem refusal(String json) {
        return catchThrowableOfType(FhirProblemException.class, () -> PatchedResource.of(bytes(json), "Patient", "p"))
                .problem();
    }
}
