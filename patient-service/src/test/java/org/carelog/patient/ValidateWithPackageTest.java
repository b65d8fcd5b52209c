package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/operation-validate.md: profiles of packages that are configured as files */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
@TestProfile(OtherSettings.class)
class ValidateWithPackageTest {
    @Test
    void aResourceIsHeldAgainstTheProfileThatIsAskedFor() {
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"gender\":\"female\"}")
                .post("/Patient/$validate?profile=" + OwnPackage.NAMED)
                .then()
                .statusCode(200)
                .body("issue.findAll { it.severity == 'error' }.expression.flatten()", hasItem("Patient"));
    }

    @Test
    void andAgainstTheOneThatItClaims() {
        // Given
        String claiming = """
                {"resourceType":"Patient","meta":{"profile":["%s"]},"name":[{"family":"Example"}]}""".formatted(OwnPackage.NAMED);

        // When, Then
        as("clinician")
                .body(claiming)
                .post("/Patient/$validate")
                .then()
                .statusCode(200)
                .body("issue.severity", everyItem(equalTo("information")));
    }
}
