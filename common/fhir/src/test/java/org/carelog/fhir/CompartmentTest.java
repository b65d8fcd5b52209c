package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompartmentTest {
    private static final String BASE = "http://localhost:8080/fhir";

    @Test
    void aPatientIsInTheOwnCompartment() {
        // Given
        Patient patient = new Patient();
        patient.setId("a");

        // When
        var found = new Compartment.Self().patientOf(patient, BASE);

        // Then
        assertThat(found).contains("a");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "Patient/a, a",
                "Patient/a/_history/3, a",
                "http://localhost:8080/fhir/Patient/a, a",
                "http://elsewhere.example.org/fhir/Patient/a, none",
                "Group/a, none",
                "#a, none",
                "Patient?identifier=a, none",
                "urn:uuid:0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f, none"
            })
    void anEncounterIsInTheCompartmentOfTheSubjectThatIsAPatientHere(String reference, String expected) {
        // Given
        Encounter encounter = new Encounter();
        encounter.setSubject(new Reference(reference));

        // When
        var found = new Compartment.Through(List.of("Encounter.subject")).patientOf(encounter, BASE);

        // Then
        assertThat(found.orElse(null)).isEqualTo(expected);
    }

    @Test
    void anEncounterWithoutASubjectIsInNone() {
        // When
        var found = new Compartment.Through(List.of("Encounter.subject")).patientOf(new Encounter(), BASE);

        // Then
        assertThat(found).isEmpty();
    }
}
