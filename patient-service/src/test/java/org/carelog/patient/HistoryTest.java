package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/history.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class HistoryTest {

    private static final String BASE = "http://localhost:8080/fhir";

    @Test
    void theVersionsOfAPatientComeNewestFirstWithWhatMadeThem() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Example"));
        Patients.delete(id);
        Patients.put(id, withFamily(id, "Again"));

        // When, Then
        as("clinician")
                .get("/Patient/" + id + "/_history")
                .then()
                .statusCode(200)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("Bundle"))
                .body("type", equalTo("history"))
                .body("total", equalTo(4))
                .body("entry.response.etag", contains("W/\"4\"", "W/\"3\"", "W/\"2\"", "W/\"1\""))
                .body("entry.response.status", contains("201", "204", "200", "201"))
                .body("entry.request.method", contains("PUT", "DELETE", "PUT", "POST"))
                .body("entry.fullUrl[0]", equalTo(BASE + "/Patient/" + id))
                .body("entry[1].resource", nullValue())
                .body("entry[0].resource.name[0].family", equalTo("Again"))
                .body("entry[3].resource.name[0].family", equalTo("Sample"));
    }

    @Test
    void aPatientThatNeverWasHasNoHistory() {
        as("clinician")
                .get("/Patient/" + newId() + "/_history")
                .then()
                .statusCode(404)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void pagesFollowOneAnotherAndNothingWrittenMeanwhileShiftsThem() {
        // Given
        String id = newId();
        for (int version = 1; version <= 7; version++) {
            Patients.put(id, withFamily(id, "Version" + version));
        }

        // When
        List<String> seen = new ArrayList<>();
        Response page = as("clinician").get("/Patient/" + id + "/_history?_count=3");
        seen.addAll(page.path("entry.response.etag"));
        Patients.put(id, withFamily(id, "Meanwhile"));
        for (String next = next(page); next != null; next = next(page)) {
            page = as("clinician").urlEncodingEnabled(false).get(next.substring(BASE.length()));
            page.then().statusCode(200);
            seen.addAll(page.path("entry.response.etag"));
        }

        // Then
        assertThat(seen).containsExactly("W/\"7\"", "W/\"6\"", "W/\"5\"", "W/\"4\"", "W/\"3\"", "W/\"2\"", "W/\"1\"");
    }

    @Test
    void sinceLeavesOutWhatIsOlder() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        String second = as("clinician")
                .body(withFamily(id, "Example"))
                .put("/Patient/" + id)
                .path("meta.lastUpdated");
        Patients.put(id, withFamily(id, "Again"));

        // When, Then
        as("clinician")
                .queryParam("_since", second)
                .get("/Patient/" + id + "/_history")
                .then()
                .statusCode(200)
                .body("entry.response.etag", contains("W/\"3\"", "W/\"2\""));
    }

    @Test
    void theHistoryOfTheTypeHasEveryPatientsVersions() {
        // Given
        String one = newId();
        String other = newId();
        Patients.put(one, withFamily(one, "Sample"));
        Patients.put(other, withFamily(other, "Sample"));
        Patients.put(one, withFamily(one, "Example"));

        // When, Then
        as("clinician")
                .get("/Patient/_history?_count=3")
                .then()
                .statusCode(200)
                .body("total", nullValue())
                .body(
                        "entry.fullUrl",
                        contains(BASE + "/Patient/" + one, BASE + "/Patient/" + other, BASE + "/Patient/" + one))
                .body("entry.request.method", contains("PUT", "POST", "POST"));
    }

    @ParameterizedTest
    @CsvSource({"_count=none,_count", "_since=yesterday,_since", "_page=1-2,_page", "family=x,family", "_at=soon,_at"})
    void aParameterThatCannotBeUnderstoodIsRefusedByName(String query, String name) {
        as("clinician")
                .get("/Patient/_history?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'" + name + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T10:00:00Z", "2026-01-31T10:00:00.5+01:00"})
    void anInstantIsUnderstoodAsFhirWritesIt(String instant) {
        as("clinician")
                .queryParam("_since", instant)
                .get("/Patient/_history")
                .then()
                .statusCode(200);
    }

    private static String next(Response page) {
        List<Map<String, String>> links = page.path("link");
        return links.stream()
                .filter(link -> link.get("relation").equals("next"))
                .map(link -> link.get("url"))
                .findFirst()
                .orElse(null);
    }
}
