package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/vread.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class VReadTest {

    @Test
    void everyVersionStaysAsItWasWritten() {
        // Given
        String id = newId();
        Response first = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);
        Response second = as("clinician").body(withFamily(id, "Example")).put("/Patient/" + id);

        // When
        Response old = as("clinician").get("/Patient/" + id + "/_history/1");
        Response current = as("clinician").get("/Patient/" + id + "/_history/2");

        // Then
        old.then().statusCode(200).header("ETag", "W/\"1\"").header("Last-Modified", first.header("Last-Modified"));
        assertThat(old.asByteArray()).isEqualTo(first.asByteArray());
        current.then().statusCode(200).header("ETag", "W/\"2\"");
        assertThat(current.asByteArray()).isEqualTo(second.asByteArray());
    }

    @Test
    void theVersionThatDeletedIsGoneAndThoseBeforeAreNot() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.delete(id);

        // When, Then
        as("clinician")
                .get("/Patient/" + id + "/_history/2")
                .then()
                .statusCode(410)
                .body("issue[0].code", equalTo("deleted"));
        as("clinician").get("/Patient/" + id + "/_history/1").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "-1", "01", "first", "1.0", "99999999999999999999999"})
    void aVersionThatNeverWasIsNotFound(String version) {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        as("clinician")
                .get("/Patient/" + id + "/_history/" + version)
                .then()
                .statusCode(404)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void aClientThatHasTheVersionIsToldSo() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Example"));

        // When, Then
        as("clinician")
                .header("If-None-Match", "W/\"1\"")
                .get("/Patient/" + id + "/_history/1")
                .then()
                .statusCode(304);
    }
}
