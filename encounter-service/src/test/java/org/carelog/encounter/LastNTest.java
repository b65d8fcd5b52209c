package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/operation-lastn.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class LastNTest {
    private static final String PULSE = "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]}";
    private static final String WEIGHT = "{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"29463-7\"}]}";
    private static final String OWN_PULSE = "{\"coding\":[{\"system\":\"urn:own\",\"code\":\"8867-4\"}]}";

    private String patient;

    @BeforeEach
    void aPatient() {
        patient = UUID.randomUUID().toString();
        owned("Patient/" + patient, """
                {"resourceType":"Patient","id":"%s","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00.000Z"}}""".formatted(patient));
    }

    @Test
    void theLatestOfEachCodeIsFound() {
        // Given
        observed(PULSE, "\"effectiveDateTime\":\"2026-01-02\"");
        String pulse = observed(PULSE, "\"effectiveDateTime\":\"2026-01-03T10:00:00Z\"");
        observed(PULSE, "\"effectiveDateTime\":\"2026-01-01\"");
        String weight = observed(WEIGHT, "\"effectivePeriod\":{\"start\":\"2025-01-01\",\"end\":\"2025-01-02\"}");
        String own = observed(OWN_PULSE, "\"effectiveDateTime\":\"2020\"");

        // When, Then
        assertThat(found("")).containsExactlyInAnyOrder(pulse, weight, own);
    }

    @Test
    void soManyOfEachCodeAreFoundTheLatestFirst() {
        // Given
        String second = observed(PULSE, "\"effectiveDateTime\":\"2026-01-02\"");
        String third = observed(PULSE, "\"effectiveDateTime\":\"2026-01-03\"");
        observed(PULSE, "\"effectiveDateTime\":\"2026-01-01\"");
        observed(PULSE, "\"status\":\"final\"");

        // When, Then
        assertThat(found("&max=2")).containsExactly(third, second);
        assertThat(found("&max=100")).hasSize(4);
    }

    @Test
    void thoseWithoutACodingGoByTheirText() {
        // Given
        observed("{\"text\":\"mood\"}", "\"effectiveDateTime\":\"2026-01-01\"");
        String mood = observed("{\"text\":\"mood\"}", "\"effectiveDateTime\":\"2026-01-02\"");
        String sleep = observed("{\"text\":\"sleep\"}", "\"effectiveDateTime\":\"2026-01-01\"");

        // When, Then
        assertThat(found("")).containsExactlyInAnyOrder(mood, sleep);
    }

    @Test
    void criteriaChooseWhatCounts() {
        // Given
        String pulse = observed(PULSE, "\"effectiveDateTime\":\"2026-01-02\"");
        observed(PULSE, "\"effectiveDateTime\":\"2026-02-02\"");
        observed(WEIGHT, "\"effectiveDateTime\":\"2026-01-02\"");

        // When, Then
        assertThat(found("&code=http://loinc.org|8867-4&date=2026-01")).containsExactly(pulse);
        assertThat(found("&category=laboratory")).isEmpty();
    }

    @Test
    void parametersMayStandInABody() {
        // Given
        observed(PULSE, "\"effectiveDateTime\":\"2026-01-02\"");
        String pulse = observed(PULSE, "\"effectiveDateTime\":\"2026-02-02\"");

        // When
        Response answer = as("clinician").body("""
                {"resourceType":"Parameters","parameter":[{"name":"subject","valueString":"Patient/%s"},
                {"name":"max","valuePositiveInt":1}]}""".formatted(patient)).post("/Observation/$lastn");

        // Then
        answer.then().statusCode(200).body("total", equalTo(1)).body("entry[0].resource.id", equalTo(pulse));
    }

    @Test
    void whatIsShownIsInTheJournal() {
        // Given
        String pulse = observed(PULSE, "\"effectiveDateTime\":\"2026-01-02\"");
        String request = UUID.randomUUID().toString();

        // When
        as("clinician").header("X-Request-Id", request).get("/Observation/$lastn?patient=" + patient);

        // Then
        assertThat(AuditEntries.of(request))
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString()).contains(pulse, patient));
    }

    @Test
    void aPatientSeesTheirOwnOnly() {
        // Given
        observed(PULSE, "\"effectiveDateTime\":\"2026-01-02\"");

        // When, Then
        as("patient")
                .get("/Observation/$lastn?patient=" + patient)
                .then()
                .statusCode(200)
                .body("total", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource({
        "category=x, patient",
        "patient=x&max=0, max",
        "patient=x&max=many, max",
        "patient=x&max=1&max=2, max",
        "patient=x&_sort=date, _sort",
        "patient=x&_include=Observation:patient, _include",
        "patient=x&mood=good, mood"
    })
    void aParameterThatIsMissingOrNotUnderstoodIsRefusedByName(String query, String name) {
        as("clinician")
                .get("/Observation/$lastn?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'" + name + "'"));
    }

    @Test
    void theStatementListsIt() {
        as("clinician")
                .get("/metadata")
                .then()
                .body("rest[0].resource.find { it.type == 'Observation' }.operation.name", hasItem("lastn"));
    }

    private List<String> found(String more) {
        return as("clinician")
                .get("/Observation/$lastn?patient=" + patient + more)
                .then()
                .statusCode(200)
                .body("type", equalTo("searchset"))
                .body("link[0].url", containsString("/Observation/$lastn?"))
                .extract()
                .jsonPath()
                .getList("entry.resource.id", String.class);
    }

    private String observed(String code, String more) {
        return as("clinician")
                .body("""
                {"resourceType":"Observation","status":"final","code":%s,"subject":{"reference":"Patient/%s"},%s}""".formatted(code, patient, more).replaceFirst("\"status\":\"final\",(?=.*\"status\")", ""))
                .post("/Observation")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
