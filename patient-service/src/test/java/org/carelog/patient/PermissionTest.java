package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/README.md, who may do what */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class PermissionTest {

    /** The patient whom the demo user of that name is, see the realm. */
    private static final String SELF = "0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f";

    @BeforeEach
    void theDemoUserIsAPatient() {
        Patients.put(SELF, withFamily(SELF, "Synthetic-Patient"));
    }

    @ParameterizedTest
    @CsvSource({
        "clinician,          200, 201, 200, 403",
        "registrar,          200, 201, 200, 204",
        "loader,             200, 201, 200, 403",
        "patient,            404, 403, 403, 403",
        "compliance,         403, 403, 403, 403",
        "integration-engine, 403, 403, 403, 403",
        "encounter-service,  200, 403, 403, 403"
    })
    void eachRoleMayDoWhatTheTableSays(String name, int read, int create, int update, int delete) {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        answers(as(name).get("/Patient/" + id), read);
        answers(as(name).body("{\"resourceType\":\"Patient\"}").post("/Patient"), create);
        answers(as(name).body(withFamily(id, "By-" + name)).put("/Patient/" + id), update);
        answers(as(name).delete("/Patient/" + id), delete);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compliance", "integration-engine"})
    void whoMayNotReadMayNotSearchOrSeeTheHistoryEither(String name) {
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        for (String path : List.of(
                "/Patient",
                "/Patient?_count=0",
                "/Patient/_history",
                "/Patient/" + id + "/_history",
                "/Patient/" + id + "/_history/1")) {
            answers(as(name).get(path), 403);
        }
    }

    @Test
    void aPatientReadsTheOwnRecordItsVersionsAndItsHistory() {
        as("patient").get("/Patient/" + SELF).then().statusCode(200).body("id", equalTo(SELF));
        as("patient").get("/Patient/" + SELF + "/_history/1").then().statusCode(200);
        as("patient").get("/Patient/" + SELF + "/_history").then().statusCode(200);
    }

    @Test
    void whatAPatientMayNotSeeIsAnsweredAsWhatIsNotThere() {
        // Given
        String other = newId();
        Patients.put(other, withFamily(other, "Sample"));
        String deleted = newId();
        Patients.put(deleted, withFamily(deleted, "Sample"));
        Patients.delete(deleted);

        // When
        Response hidden = as("patient").get("/Patient/" + other);
        Response gone = as("patient").get("/Patient/" + deleted);
        Response absent = as("patient").get("/Patient/" + newId());

        // Then
        for (Response answer : List.of(hidden, gone, absent)) {
            answers(answer, 404);
            assertThat(answer.asString()).isEqualTo(absent.asString());
            assertThat(answer.header("ETag")).isNull();
            assertThat(answer.header("Last-Modified")).isNull();
        }
        answers(as("patient").get("/Patient/" + other + "/_history/1"), 404);
        answers(as("patient").get("/Patient/" + other + "/_history"), 404);
    }

    @Test
    void aPatientFindsAndCountsNobodyElse() {
        // Given
        String family = unique("Shared");
        String other = newId();
        Patients.put(other, withFamily(other, family));
        Patients.put(SELF, withFamily(SELF, family));

        // When, Then
        as("patient")
                .get("/Patient?_total=accurate&family=" + family)
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body("entry.resource.id", contains(SELF));
        as("patient").get("/Patient?_summary=count&family=" + family).then().body("total", equalTo(1));
        as("patient")
                .get("/Patient?_id=" + other)
                .then()
                .body("total", equalTo(0))
                .body("entry", nullValue());
    }

    @Test
    void theHistoryOfTheTypeShowsAPatientTheOwnVersionsOnly() {
        // Given
        String other = newId();
        Patients.put(other, withFamily(other, "Sample"));

        // When
        Response answer = as("patient").get("/Patient/_history");

        // Then
        answers(answer, 200);
        assertThat(answer.<List<String>>path("entry.resource.id")).containsOnly(SELF);
    }

    private static void answers(Response answer, int status) {
        answer.then().statusCode(status);
        if (status == 403) {
            answer.then().body("resourceType", equalTo("OperationOutcome")).body("issue[0].code", equalTo("forbidden"));
        }
    }
}
