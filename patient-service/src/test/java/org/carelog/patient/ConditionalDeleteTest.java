package org.carelog.patient;

import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/delete.md, with a condition */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ConditionalDeleteTest {
    @Test
    void whatMatchesOneDeletesIt() {
        // Given
        String mrn = unique("one");
        String id = created(withIdentifier(mrn));

        // When
        Response answer = as("registrar").delete("/Patient?identifier=urn:test:mrn|" + mrn);

        // Then
        answer.then().statusCode(204).header("ETag", "W/\"2\"");
        as("registrar").get("/Patient/" + id).then().statusCode(410);
    }

    @Test
    void whatMatchesNothingDeletesNothing() {
        as("registrar")
                .delete("/Patient?identifier=urn:test:mrn|" + unique("none"))
                .then()
                .statusCode(204);
    }

    @Test
    void whatMatchesSeveralIsRefusedAndDeletesNone() {
        // Given
        String mrn = unique("two");
        created(withIdentifier(mrn));
        created(withIdentifier(mrn));

        // When
        Response answer = as("registrar").delete("/Patient?identifier=urn:test:mrn|" + mrn);

        // Then
        answer.then().statusCode(412).body("issue[0].code", equalTo("multiple-matches"));
        as("registrar").get("/Patient?identifier=urn:test:mrn|" + mrn).then().body("total", equalTo(2));
    }

    @Test
    void aVersionIsAboutTheMatch() {
        // Given
        String mrn = unique("version");
        created(withIdentifier(mrn));

        // When
        Response nothing = deleted(unique("none"), "W/\"1\"");
        Response stale = deleted(mrn, "W/\"2\"");
        Response matching = deleted(mrn, "W/\"1\"");

        // Then
        nothing.then().statusCode(412);
        stale.then().statusCode(412);
        matching.then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?_count=1", "?_format=json", "?eyecolour=blue"})
    void aDeletionOfAllPatientsIsRefused(String query) {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("registrar").delete("/Patient" + query).then().statusCode(400);
        as("registrar").get("/Patient/" + id).then().statusCode(200);
    }

    @Test
    void whoMayNotDeleteMayNotByACondition() {
        as("clinician")
                .delete("/Patient?identifier=urn:test:mrn|" + unique("none"))
                .then()
                .statusCode(403);
    }

    private static Response deleted(String mrn, String ifMatch) {
        return as("registrar").header("If-Match", ifMatch).delete("/Patient?identifier=urn:test:mrn|" + mrn);
    }
}
