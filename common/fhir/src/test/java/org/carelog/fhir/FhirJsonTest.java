package org.carelog.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FhirJsonTest {
    private static final String INSIDE = "\"resourceType\":\"Organization\",\"id\":\"o1\"";

    @Test
    void whatWasReadIsWrittenAgain() {
        // Given
        String json = "{\"resourceType\":\"Patient\",\"id\":\"a\",\"extension\":[{\"url\":\"http://example.org/x\","
                + "\"valueDecimal\":1.50}],\"name\":[{\"family\":\"Ødegård\",\"given\":[\"A\",\"B\"]}],\"birthDate\":\"1936-04\"}";

        // When
        byte[] written = FhirJson.encode(parse(json));

        // Then
        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"Patient\"",
                "null",
                "{\"resourceType\":\"Patient\"} {}",
                "{\"resourceType\":\"Patient\",\"active\":true,\"active\":false}",
                "{\"resourceType\":\"Patient\",}"
            })
    void whatIsNoSingleJsonObjectIsMalformed(String json) {
        // When
        FhirProblem problem = refusal(json);

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.MalformedJson.class);
    }

    @Test
    void absurdNestingIsMalformed() {
        // When
        FhirProblem problem = refusal("{\"a\":".repeat(10_000));

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.MalformedJson.class);
    }

    @Test
    void anotherTypeOfResourceIsRefused() {
        // When
        FhirProblem problem = refusal("{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"}}");

        // Then
        assertThat(problem).isEqualTo(new FhirProblem.WrongResourceType("Patient"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsNamedWithItsPlaceAndWithoutItsValue(String json, String expression) {
        // When
        FhirProblem problem = refusal(json);

        // Then
        assertThat(problem).isInstanceOf(FhirProblem.InvalidContent.class);
        assertThat(((FhirProblem.InvalidContent) problem).faults())
                .extracting(Fault::expression)
                .contains(expression);
        assertThat(problem.toString()).doesNotContain("Secret");
    }

    private static String contained(String resources) {
        return "{\"resourceType\":\"Patient\",\"contained\":[%s]}".formatted(resources);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("{\"resourceType\":\"Patient\",\"nickname\":\"Secret\"}", "Patient.nickname"),
                Arguments.of("{\"resourceType\":\"Patient\",\"name\":{\"family\":\"Secret\"}}", "Patient.name"),
                Arguments.of("{\"resourceType\":\"Patient\",\"gender\":[\"male\"]}", "Patient.gender"),
                Arguments.of("{\"resourceType\":\"Patient\",\"gender\":\"Secret\"}", "Patient.gender"),
                Arguments.of("{\"resourceType\":\"Patient\",\"birthDate\":\"Secret\"}", "Patient.birthDate"),
                Arguments.of("{\"resourceType\":\"Patient\",\"active\":\"Secret\"}", "Patient.active"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"contact\":[{},{\"name\":{\"given\":[\"a\",7]}}]}",
                        "Patient.contact[1].name.given[1]"),
                Arguments.of("{\"resourceType\":\"Patient\",\"contact\":[]}", "Patient.contact"),
                Arguments.of("{\"resourceType\":\"Patient\",\"_gender\":3,\"_x\":{}}", "Patient._x"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"contained\":[{\"resourceType\":\"Organization\",\"x\":1}]}",
                        "Patient.contained[0].x"),
                Arguments.of(contained("{%1$s},{%1$s}".formatted(INSIDE)), "Patient.contained[1].id"),
                Arguments.of(contained("{%1$s,\"contained\":[{%1$s}]}".formatted(INSIDE)), "Patient.contained[0]"),
                Arguments.of(contained("{%s}".formatted(INSIDE.replace("o1", "o 1"))), "Patient.contained[0].id"),
                Arguments.of("{\"resourceType\":\"Patient\",\"deceasedString\":\"Secret\"}", "Patient.deceasedString"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"multipleBirthInteger\":1.5}", "Patient.multipleBirthInteger"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"link\":[{\"other\":{\"reference\":\"Patient/1\"}}]}",
                        "Patient.link[0].type"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"deceasedBoolean\":true,\"_deceasedDateTime\":{\"id\":\"Secret\"}}",
                        "Patient.deceased"),
                Arguments.of(
                        "{\"resourceType\":\"Patient\",\"extension\":[{\"url\":\"urn:x\",\"valueCode\":\"Secret\",\"valueString\":\"b\"}]}",
                        "Patient.extension[0].value"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient",
                "Patient/",
                "Patient/a b",
                "Patient/../a",
                "patient/a",
                "Secret/a",
                "a",
                "/Patient/a",
                "Patient?name=a"
            })
    void aReferenceThatIsNoneIsAFault(String reference) {
        // When
        FhirProblem problem = refusal(
                "{\"resourceType\":\"Patient\",\"managingOrganization\":{\"reference\":\"%s\"}}".formatted(reference));

        // Then
        assertThat(((FhirProblem.InvalidContent) problem).faults())
                .extracting(Fault::expression)
                .containsExactly("Patient.managingOrganization.reference");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/a.b-C",
                "Questionnaire/a/_history/2",
                "#o",
                "urn:uuid:0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f",
                "https://example.org/any where"
            })
    void whatMayBeAReferenceIsOne(String reference) {
        // When
        Resource resource = FhirJson.parse("""
                {"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"o"}],
                "managingOrganization":{"reference":"%s"}}""".formatted(reference).getBytes(StandardCharsets.UTF_8), "Patient");

        // Then
        assertThat(resource.type()).isEqualTo("Patient");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://terminology.hl7.org/CodeSystem/condition-clinical|active|true",
                "http://terminology.hl7.org/CodeSystem/condition-clinical|Secret|false",
                "http://example.org/others|active|false",
            })
    void aConceptHasOneOfTheCodesThatItMustHave(String system, String code, boolean valid) {
        // Given
        byte[] condition = """
                {"resourceType":"Condition","subject":{"display":"x"},"clinicalStatus":{"text":"x","coding":[
                {"system":"http://example.org/local","code":"1"},{"system":"%s","code":"%s"}]}}""".formatted(system, code).getBytes(StandardCharsets.UTF_8);

        // When
        FhirProblemException refused =
                catchThrowableOfType(FhirProblemException.class, () -> FhirJson.parse(condition, "Condition"));

        // Then
        assertThat(refused == null).isEqualTo(valid);
        if (refused != null) {
            assertThat(((FhirProblem.InvalidContent) refused.problem()).faults())
                    .extracting(Fault::expression)
                    .containsExactly("Condition.clinicalStatus");
        }
    }

    @Test
    void everyFaultIsTold() {
        // When
        FhirProblem problem = refusal("{\"resourceType\":\"Patient\",\"x\":1,\"y\":2}");

        // Then
        assertThat(((FhirProblem.InvalidContent) problem).faults()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"resourceType\":\"Secret\"}", "{\"resourceType\":1}", "{\"id\":\"x\"}"})
    void whatIsNoResourceIsRefusedWithoutQuotingIt(String json) {
        // When
        FhirProblem problem = refusal(json);

        // Then
        assertThat(OperationOutcomes.status(problem)).isEqualTo(400);
        assertThat(new String(OperationOutcomes.json(problem), StandardCharsets.UTF_8))
                .doesNotContain("Secret");
    }

    private static Patient parse(String json) {
        return (Patient) FhirJson.model(FhirJson.parse(json.getBytes(StandardCharsets.UTF_8), "Patient"));
    }

    private static FhirProblem refusal(String json) {
        return catchThrowableOfType(FhirProblemException.class, () -> parse(json))
                .problem();
    }
}
