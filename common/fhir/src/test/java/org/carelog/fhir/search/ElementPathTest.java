package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementPathTest {
    private static final Patient TWO_NAMES = new Patient();

    static {
        TWO_NAMES.addName().setFamily("Ito").addGiven("Aki").addGiven("Mei");
        TWO_NAMES.addName().setFamily("Sato");
        TWO_NAMES.setDeceased(new DateTimeType("2020-01-01"));
        TWO_NAMES.addTelecom().setValue("aki@mail.example").setSystem(ContactPointSystem.EMAIL);
        TWO_NAMES.addTelecom().setValue("555").setSystem(ContactPointSystem.PHONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Patient.name.family;                         Ito Sato
            Patient.name.given;                          Aki Mei
            Patient.name.given | Patient.name.family;    Aki Mei Ito Sato
            (Patient.deceased as dateTime);              2020-01-01
            Patient.deceased as boolean;                 ''
            Patient.deceased.as(dateTime);               2020-01-01
            Patient.deceased.exists() and Patient.deceased != false; true
            Patient.active.exists() and Patient.active != false; false
            Patient.telecom.where(system='email').value; aki@mail.example
            """)
    void eachFormLeadsToItsElements(String expression, String values) {
        // When
        List<Element> found = ElementPath.compile("Patient", expression).select(root(TWO_NAMES));

        // Then
        assertThat(String.join(
                        " ",
                        found.stream().map(element -> element.value().asText()).toList()))
                .isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true"})
    void deceasedIsTheQuestionWhetherItIsNotFalse(boolean value, boolean answer) {
        // Given
        Patient patient = new Patient().setDeceased(new BooleanType(value));

        // When
        List<Element> found = ElementPath.compile("Patient", "Patient.deceased.exists() and Patient.deceased != false")
                .select(root(patient));

        // Then
        assertThat(found.getFirst().value().asText()).isEqualTo(String.valueOf(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "Patient/p1,                              Patient, 1",
        "Patient/p1,                              Group,   0",
        "Patient/p1/_history/3,                   Patient, 1",
        "https://elsewhere.example/x/Patient/p1,  Patient, 1",
        "urn:uuid:0f6b2c1e,                       Patient, 0",
        "#contained,                              Patient, 0",
    })
    void whatAReferenceResolvesToIsReadFromItself(String reference, String type, int found) {
        // Given
        Resource encounter = new Encounter().setSubject(new Reference(reference));

        // When
        List<Element> selected = ElementPath.compile(
                        "Encounter", "Encounter.subject.where(resolve() is %s)".formatted(type))
                .select(root(encounter));

        // Then
        assertThat(selected).hasSize(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient.nme",
                "Patient",
                "Encounter.status",
                "Patient.name.first()",
                "Patient.name[0]",
                "Patient.name.where(use != 'old')",
                "Patient.name.family + 'x'",
                "Patient.name.where(us='old')",
                "(Patient.deceased as string)",
                "Patient.name.where(resolve() is Patient)",
                "Patient.name |"
            })
    void aFormThatIsNotUnderstoodStopsTheService(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ElementPath.compile("Patient", expression))
                .withMessageContaining("not understood");
    }

    @Test
    void theDatatypesAPathMayLeadToAreKnown() {
        assertThat(ElementPath.compile("Patient", "Patient.deceased").datatypes())
                .containsExactlyInAnyOrder("boolean", "dateTime");
    }

    private static Element root(Resource resource) {
        return Element.of(FhirJson.of(resource));
    }
}
