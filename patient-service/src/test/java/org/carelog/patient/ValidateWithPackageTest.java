package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.carelog.testing.PackageFile;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/operation-validate.md: profiles of packages that are configured as files */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
@QuarkusTestResource(value = ValidateWithPackageTest.Configured.class, restrictToAnnotatedClass = true)
class ValidateWithPackageTest {
    private static final String NAMED = "http://example.org/StructureDefinition/named-patient";

    /** A package with one profile: a patient has a name. */
    public static final class Configured implements QuarkusTestResourceLifecycleManager {
        private Path folder;

        @Override
        public Map<String, String> start() {
            try {
                folder = Files.createTempDirectory("package");
                Path file = PackageFile.write(
                        folder,
                        Map.of(
                                "package.json",
                                "{\"name\":\"example\",\"fhirVersions\":[\"4.0.1\"]}",
                                "named.json",
                                """
                        {"resourceType":"StructureDefinition","url":"%s","name":"Named","status":"active","kind":"resource",
                        "fhirVersion":"4.0.1","abstract":false,"type":"Patient","derivation":"constraint",
                        "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
                        "differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]}}""".formatted(NAMED)));
                return Map.of("carelog.validation.packages", file.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            try {
                Files.deleteIfExists(folder.resolve("package.tgz"));
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aResourceIsHeldAgainstTheProfileThatIsAskedFor() {
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"gender\":\"female\"}")
                .post("/Patient/$validate?profile=" + NAMED)
                .then()
                .statusCode(200)
                .body("issue.findAll { it.severity == 'error' }.expression.flatten()", hasItem("Patient"));
    }

    @Test
    void andAgainstTheOneThatItClaims() {
        // Given
        String claiming = """
                {"resourceType":"Patient","meta":{"profile":["%s"]},"name":[{"family":"Example"}]}""".formatted(NAMED);

        // When, Then
        as("clinician")
                .body(claiming)
                .post("/Patient/$validate")
                .then()
                .statusCode(200)
                .body("issue.severity", everyItem(equalTo("information")));
    }
}
