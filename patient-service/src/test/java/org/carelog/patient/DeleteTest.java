package org.carelog.patient;

import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/delete.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class DeleteTest {

    @Test
    void thePatientEndsWithAVersionThatSaysSo() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        Response answer = as("registrar").delete("/Patient/" + id);

        // Then
        answer.then().statusCode(204).header("ETag", "W/\"2\"").body(emptyString());
        as("registrar").get("/Patient/" + id).then().statusCode(410);
    }

    @Test
    void theHistoryStays() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        as("registrar").delete("/Patient/" + id);

        // Then
        as("registrar")
                .get("/Patient/" + id + "/_history")
                .then()
                .statusCode(200)
                .body("total", equalTo(2))
                .body("entry[0].resource", nullValue())
                .body("entry[0].request.method", equalTo("DELETE"))
                .body("entry[0].response.status", equalTo("204"))
                .body("entry[1].resource.name[0].family", equalTo("Sample"));
    }

    @Test
    void noSearchFindsIt() {
        // Given
        String family = unique("Gone");
        String id = newId();
        Patients.put(id, withFamily(id, family));

        // When
        as("registrar").delete("/Patient/" + id);

        // Then
        as("registrar").get("/Patient?family=" + family).then().body("total", equalTo(0));
        as("registrar").get("/Patient?_id=" + id).then().body("total", equalTo(0));
    }

    @Test
    void deletingTwiceSucceedsAndMakesNoFurtherVersion() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.delete(id);

        // When, Then
        as("registrar").delete("/Patient/" + id).then().statusCode(204);
        as("registrar").get("/Patient/" + id + "/_history").then().body("total", equalTo(2));
    }

    @Test
    void deletingWhatNeverWasSucceeds() {
        // Given
        String id = newId();

        // When, Then
        as("registrar").delete("/Patient/" + id).then().statusCode(204);
        as("registrar").get("/Patient/" + id).then().statusCode(404);
    }

    @Test
    void anotherVersionThanTheCurrentOneIsRefused() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Example"));

        // When, Then
        as("registrar")
                .header("If-Match", "W/\"1\"")
                .delete("/Patient/" + id)
                .then()
                .statusCode(412)
                .body("issue[0].code", equalTo("conflict"));
        as("registrar").get("/Patient/" + id).then().statusCode(200);
    }

    @Test
    void theCurrentVersionIsMatched() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        as("registrar")
                .header("If-Match", "W/\"1\"")
                .delete("/Patient/" + id)
                .then()
                .statusCode(204);
    }

    @Test
    void whereNothingIsThereIsNothingToMatch() {
        as("registrar")
                .header("If-Match", "W/\"1\"")
                .delete("/Patient/" + newId())
                .then()
                .statusCode(412);
    }
}
