package org.carelog.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.testing.PackageFile;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceValidatorTest {
    private static final String NAMED = "http://example.org/StructureDefinition/named-patient";
    private static final String COLOURED = "http://example.org/StructureDefinition/coloured-observation";

    private static final ResourceValidator OF_R4 = validator(config(List.of(), Duration.ofMinutes(1)));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {"resourceType":"Patient","gender":"male","birthDate":"1990-02-28","name":[{"family":"Sample"}]}                                 ;
            {"resourceType":"Patient","gender":"wrong"}                                                                                      ; Patient.gender
            {"resourceType":"Patient","birthDate":"1990-13-01"}                                                                              ; Patient.birthDate
            {"resourceType":"Patient","contact":[{"gender":"male"}]}                                                                         ; Patient.contact[0]
            {"resourceType":"Patient","multipleBirthBoolean":true,"multipleBirthInteger":2}                                                  ; Patient
            {"resourceType":"Observation","status":"final"}                                                                                  ; Observation
            {"resourceType":"Observation","status":"final","code":{"text":"a"},"valueQuantity":{"value":1,"system":"http://unitsofmeasure.org","code":"mg"}} ;
            {"resourceType":"Encounter","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"}} ;
            """)
    void errorsStandAtTheirPlace(String resource, String place) {
        // When
        List<Finding> errors = errors(OF_R4.validate(bytes(resource), List.of()));

        // Then
        assertThat(errors.stream().map(Finding::expression).distinct())
                .containsExactlyElementsOf(place == null ? List.of() : List.of(place));
    }

    @Test
    void aCodeOfASystemThatNobodyHasIsNoError() {
        // When
        List<Finding> findings = OF_R4.validate(bytes("""
                {"resourceType":"Condition","code":{"coding":[{"system":"http://snomed.info/sct","code":"38341003"}]},
                "subject":{"reference":"Patient/p"}}"""), List.of());

        // Then
        assertThat(errors(findings)).isEmpty();
    }

    @Test
    void aProfileThatIsClaimedAndNotKnownIsAWarning() {
        // When
        List<Finding> findings = OF_R4.validate(bytes("""
                {"resourceType":"Patient","meta":{"profile":["%s"]}}""".formatted(NAMED)), List.of());

        // Then
        assertThat(errors(findings)).isEmpty();
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(IssueSeverity.WARNING);
            assertThat(finding.expression()).isEqualTo("Patient.meta.profile[0]");
        });
    }

    @Test
    void aProfileThatIsAskedForAndNotKnownIsRefused() {
        assertThatThrownBy(() -> OF_R4.validate(bytes("{\"resourceType\":\"Patient\"}"), List.of(NAMED)))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem())
                                .isInstanceOf(FhirProblem.InvalidOperationParameter.class));
    }

    @Test
    void aPackagesProfileWithItsDifferencesAloneIsKept(@TempDir Path folder) throws IOException {
        // Given
        ResourceValidator validator = withPackage(folder);

        // When
        List<Finding> unnamed = errors(validator.validate(bytes("{\"resourceType\":\"Patient\"}"), List.of(NAMED)));
        List<Finding> named = errors(validator.validate(
                bytes("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Sample\"}]}"), List.of(NAMED)));

        // Then
        assertThat(unnamed)
                .singleElement()
                .satisfies(finding -> assertThat(finding.diagnostics()).contains("Patient.name"));
        assertThat(named).isEmpty();
    }

    @Test
    void aPackagesCodesAreKept(@TempDir Path folder) throws IOException {
        // Given
        ResourceValidator validator = withPackage(folder);
        String observation = """
                {"resourceType":"Observation","meta":{"profile":["%s"]},"status":"final",
                "code":{"coding":[{"system":"http://example.org/CodeSystem/colours","code":"%s"}]}}""";

        // When
        List<Finding> known = errors(validator.validate(bytes(observation.formatted(COLOURED, "red")), List.of()));
        List<Finding> unknown = errors(validator.validate(bytes(observation.formatted(COLOURED, "loud")), List.of()));

        // Then
        assertThat(known).isEmpty();
        assertThat(unknown)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.expression()).startsWith("Observation.code"));
    }

    @Test
    void aPackageOfAnotherFhirIsNoneOfOurs(@TempDir Path folder) throws IOException {
        // Given
        Path file = PackageFile.write(
                folder, Map.of("package.json", "{\"name\":\"example\",\"fhirVersions\":[\"5.0.0\"]}"));
        ResourceValidator validator = validator(config(List.of(file), Duration.ofMinutes(1)));

        // When, Then
        assertThatThrownBy(() -> validator.validate(bytes("{\"resourceType\":\"Patient\"}"), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("FHIR R4");
    }

    @Test
    void aPackageThatIsNotThereStopsTheStart(@TempDir Path folder) {
        assertThatThrownBy(() -> validator(config(List.of(folder.resolve("missing.tgz")), Duration.ofMinutes(1))))
                .hasMessageContaining("carelog.validation.packages");
    }

    @Test
    void whatTakesTooLongIsGivenUp() {
        // Given
        ResourceValidator hasty = validator(config(List.of(), Duration.ofNanos(1)));

        // When, Then
        assertThatThrownBy(() -> hasty.validate(bytes("{\"resourceType\":\"Patient\"}"), List.of()))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(FhirProblem.BrokenRule.class));
    }

    @Test
    void whatIsTooLargeIsNotBegun() {
        // Given
        String large = "{\"resourceType\":\"Patient\",\"language\":\"%s\"}".formatted("x".repeat(300 * 1024));

        // When, Then
        assertThatThrownBy(() -> OF_R4.validate(bytes(large), List.of()))
                .isInstanceOfSatisfying(
                        FhirProblemException.class,
                        refused -> assertThat(refused.problem()).isInstanceOf(FhirProblem.TooLarge.class));
    }

    private static ResourceValidator withPackage(Path folder) throws IOException {
        Path file = PackageFile.write(
                folder,
                Map.of(
                        "package.json", "{\"name\":\"example\",\"fhirVersions\":[\"4.0.1\"]}",
                        "named.json", """
                {"resourceType":"StructureDefinition","url":"%s","name":"Named","status":"active","fhirVersion":"4.0.1",
                "kind":"resource","abstract":false,"type":"Patient","derivation":"constraint",
                "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
                "differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]}}""".formatted(NAMED),
                        "coloured.json", """
                {"resourceType":"StructureDefinition","url":"%s","name":"Coloured","status":"active","fhirVersion":"4.0.1",
                "kind":"resource","abstract":false,"type":"Observation","derivation":"constraint",
                "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Observation",
                "differential":{"element":[{"id":"Observation.code","path":"Observation.code",
                "binding":{"strength":"required","valueSet":"http://example.org/ValueSet/colours"}}]}}""".formatted(COLOURED),
                        "valueset.json", """
                {"resourceType":"ValueSet","url":"http://example.org/ValueSet/colours","status":"active",
                "compose":{"include":[{"system":"http://example.org/CodeSystem/colours"}]}}""",
                        "codesystem.json", """
                {"resourceType":"CodeSystem","url":"http://example.org/CodeSystem/colours","status":"active",
                "content":"complete","concept":[{"code":"red","display":"Red","definition":"like blood"}]}"""));
        return validator(config(List.of(file), Duration.ofMinutes(1)));
    }

    private static List<Finding> errors(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(IssueSeverity.ERROR) <= 0)
                .toList();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static ResourceValidator validator(ValidationConfig config) {
        return new ResourceValidator(config, new LoadedDefinitions(config));
    }

    private static ValidationConfig config(List<Path> packages, Duration timeout) {
        return new ValidationConfig() {
            @Override
            public Optional<List<Path>> packages() {
                return Optional.of(packages);
            }

            @Override
            public MemorySize maxSize() {
                return new MemorySize(BigInteger.valueOf(256 * 1024));
            }

            @Override
            public Duration timeout() {
                return timeout;
            }
        };
    }
}
