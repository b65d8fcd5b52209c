package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompartmentTest {
    private static final String BASE = "http://localhost:8080/fhir";
    private static final Compartment ENCOUNTERS = new Compartment.Through(List.of("patient"), List.of("subject"));

    @Test
    void aPatientIsInTheOwnCompartment() {
        // Given
        Patient patient = new Patient();
        patient.setId("a");

        // When
        var found = new Compartment.Self(List.of()).patientOf(FhirJson.of(patient), BASE);

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
        var found = ENCOUNTERS.patientOf(FhirJson.of(encounter), BASE);

        // Then
        assertThat(found.orElse(null)).isEqualTo(expected);
    }

    @Test
    void anEncounterWithoutASubjectIsInNone() {
        // When
        var found = ENCOUNTERS.patientOf(Resource.empty("Encounter"), BASE);

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void theFirstParameterThatLeadsToAPatientCounts() {
        // Given
        Observation observation = new Observation();
        observation.addPerformer(new Reference("Patient/mother"));
        observation.setSubject(new Reference("Patient/child"));

        // When
        var found = new Compartment.Through(List.of("subject", "performer"), List.of("subject", "performer"))
                .patientOf(FhirJson.of(observation), BASE);

        // Then
        assertThat(found).contains("child");
    }

    @Test
    void whatIsAboutNoPatientIsInTheCompartmentOfThePatientWhoTookPart() {
        // Given
        Observation observation = new Observation();
        observation.setSubject(new Reference("Location/kitchen"));
        observation.addPerformer(new Reference("Practitioner/p"));
        observation.addPerformer(new Reference("Patient/self"));

        // When
        var found = new Compartment.Through(List.of("subject", "performer"), List.of("subject", "performer"))
                .patientOf(FhirJson.of(observation), BASE);

        // Then
        assertThat(found).contains("self");
    }
}
