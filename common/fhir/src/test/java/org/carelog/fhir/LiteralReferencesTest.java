package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;

class LiteralReferencesTest {
    private static final String BASE = "https://care.example/fhir";

    @Test
    void eachIsFoundWithItsPlaceWhereverItIs() {
        // Given
        Practitioner contained = new Practitioner();
        contained.addQualification().setCode(new CodeableConcept()).setIssuer(new Reference("Organization/o"));
        MedicationRequest request = new MedicationRequest();
        request.setMedication(new Reference("Medication/m"));
        request.setSubject(new Reference(BASE + "/Patient/p/_history/3"));
        request.addReasonReference(new Reference("Condition/c1"));
        request.addReasonReference(new Reference("Condition/c2"));
        request.addContained(contained);
        request.addExtension("http://example.org/x", new Reference("Location/l"));
        request.getSubject().addExtension("http://example.org/y", new Reference("Group/g"));

        // When
        Map<LocalReference, String> found = LiteralReferences.of(FhirJson.of(request), "MedicationRequest", BASE)
                .places();

        // Then
        assertThat(found)
                .containsOnly(
                        Map.entry(new LocalReference("Medication", "m"), "MedicationRequest.medication"),
                        Map.entry(new LocalReference("Patient", "p"), "MedicationRequest.subject"),
                        Map.entry(new LocalReference("Condition", "c1"), "MedicationRequest.reasonReference[0]"),
                        Map.entry(new LocalReference("Condition", "c2"), "MedicationRequest.reasonReference[1]"),
                        Map.entry(
                                new LocalReference("Organization", "o"),
                                "MedicationRequest.contained[0].qualification[0].issuer"),
                        Map.entry(new LocalReference("Location", "l"), "MedicationRequest.extension[0].value"),
                        Map.entry(new LocalReference("Group", "g"), "MedicationRequest.subject.extension[0].value"));
    }

    @Test
    void whatPointsElsewhereOrNowhereIsNone() {
        // Given
        Encounter encounter = new Encounter();
        encounter.setSubject(new Reference("https://other.example/fhir/Patient/p"));
        encounter.setServiceProvider(new Reference("#inside"));
        encounter.setPartOf(new Reference("urn:uuid:0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f"));
        encounter.addEpisodeOfCare(new Reference().setDisplay("some episode"));
        encounter.addExtension("http://example.org/x", new UriType("Patient/p"));

        // When
        Map<LocalReference, String> found =
                LiteralReferences.of(FhirJson.of(encounter), "Encounter", BASE).places();

        // Then
        assertThat(found).isEmpty();
    }

    @Test
    void eachPointsToATypeThatItsElementRefersTo() {
        // Given
        Practitioner contained = new Practitioner();
        contained.addQualification().setCode(new CodeableConcept()).setIssuer(new Reference("Patient/p"));
        MedicationRequest request = new MedicationRequest();
        request.setMedication(new Reference("Substance/s"));
        request.setSubject(new Reference("Group/g"));
        request.setRequester(new Reference("Practitioner/a"));
        request.addReasonReference(new Reference("Condition/c"));
        request.addReasonReference(new Reference(BASE + "/Patient/p"));
        request.addSupportingInformation(new Reference("Substance/s"));
        request.addContained(contained);
        request.addExtension("http://example.org/x", new Reference("Substance/s"));

        // When
        List<Fault> faults = LiteralReferences.of(FhirJson.of(request), "MedicationRequest", BASE)
                .faults();

        // Then
        assertThat(faults)
                .extracting(fault -> fault.expression() + ": " + fault.diagnostics())
                .containsExactlyInAnyOrder(
                        "MedicationRequest.contained[0].qualification[0].issuer: A reference to Organization belongs here",
                        "MedicationRequest.medication: A reference to Medication belongs here",
                        "MedicationRequest.reasonReference[1]: A reference to Condition or Observation belongs here");
    }

    @Test
    void eachPointsToWhatItSaysOfWhichTypeItIs() {
        // Given
        Practitioner contained = new Practitioner();
        contained.setId("inside");
        MedicationRequest request = new MedicationRequest();
        request.addContained(contained);
        request.setSubject(new Reference("Patient/p").setType("Patient"));
        request.setEncounter(new Reference(BASE + "/Encounter/e").setType("Patient"));
        request.setRequester(new Reference("#inside").setType("Practitioner"));
        request.setRecorder(new Reference("#inside").setType("Organization"));
        request.setMedication(new Reference("#inside"));
        request.setPriorPrescription(new Reference("#"));
        request.addReasonReference(new Reference().setType("Patient"));
        request.addReasonReference(new Reference("https://other.example/fhir/Condition/c").setType("Condition"));
        request.addSupportingInformation(new Reference().setType("http://example.org/StructureDefinition/Order"));

        // When
        List<Fault> faults = LiteralReferences.of(FhirJson.of(request), "MedicationRequest", BASE)
                .faults();

        // Then
        assertThat(faults)
                .extracting(fault -> fault.expression() + ": " + fault.diagnostics())
                .containsExactlyInAnyOrder(
                        "MedicationRequest.encounter.type: The type of what is referred to belongs here: Encounter",
                        "MedicationRequest.recorder.type: The type of what is referred to belongs here: Practitioner",
                        "MedicationRequest.medication: A reference to Medication belongs here",
                        "MedicationRequest.reasonReference[0]: A reference to Condition or Observation belongs here");
    }
}
