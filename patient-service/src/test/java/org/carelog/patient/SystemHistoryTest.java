package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.put;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/history.md, of the system and by _at */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class SystemHistoryTest {
    /** Who the realm says the user {@code patient} is. */
    private static final String DEMO_PATIENT = "0f6b2c1e-5d3a-4c8e-9b7a-1a2b3c4d5e6f";

    @Test
    void theHistoryOfTheSystemHasEveryOwnedTypeNewestFirst() {
        // Given
        String patient = created("{\"resourceType\":\"Patient\"}");
        String related = as("clinician")
                .body("""
                {"resourceType":"RelatedPerson","patient":{"reference":"Patient/%s"}}""".formatted(patient))
                .post("/RelatedPerson")
                .path("id");
        as("registrar").delete("/RelatedPerson/" + related).then().statusCode(204);

        // When
        JsonPath history = as("clinician")
                .get("/_history?_count=3")
                .then()
                .statusCode(200)
                .body("type", equalTo("history"))
                .extract()
                .jsonPath();

        // Then
        assertThat(history.getList("entry.fullUrl", String.class))
                .extracting(url -> url.replaceFirst(".*/fhir/", ""))
                .containsExactly("RelatedPerson/" + related, "RelatedPerson/" + related, "Patient/" + patient);
        assertThat(history.getList("entry.request.method", String.class)).containsExactly("DELETE", "POST", "POST");
    }

    @Test
    void pagesFollowOneAnotherWhateverIsWrittenMeanwhile() {
        // Given
        Instant start = time(created("{\"resourceType\":\"Patient\"}"));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(created("{\"resourceType\":\"Patient\"}"));
        }

        // When
        List<String> found = new ArrayList<>();
        String next = "/_history?_count=3&_pretty=true&_since=" + start;
        while (next != null) {
            JsonPath page = as("clinician")
                    .urlEncodingEnabled(false)
                    .get(next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("entry.resource.id", String.class));
            String url = page.getString("link.find { it.relation == 'next' }.url");
            assertThat(url == null || url.contains("_pretty=true")).isTrue();
            next = url == null ? null : url.replaceFirst(".*/fhir", "");
            created("{\"resourceType\":\"Patient\"}");
        }

        // Then
        assertThat(found.subList(0, 7)).isEqualTo(ids);
        assertThat(found).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void aPatientSeesTheirOwnHistoryOnly() {
        // Given
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"id\":\"%s\"}".formatted(DEMO_PATIENT))
                .put("/Patient/" + DEMO_PATIENT);
        created("{\"resourceType\":\"Patient\"}");

        // When
        Response history = as("patient").get("/_history");

        // Then
        history.then().statusCode(200);
        assertThat(history.jsonPath().getList("entry.resource.id", String.class))
                .isNotEmpty()
                .containsOnly(DEMO_PATIENT);
    }

    @Test
    void whoMayReadNothingHereIsRefused() {
        as("compliance").get("/_history").then().statusCode(403);
        as("clinician").body("{}").post("/_history").then().statusCode(405);
    }

    @Test
    void whatIsShownIsInTheJournal() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");
        String request = Patients.unique("history");

        // When
        as("clinician").header("X-Request-Id", request).get("/_history?_count=1");

        // Then
        assertThat(AuditEntries.of(request)).singleElement().satisfies(entry -> {
            assertThat(entry.path("interaction").asText()).isEqualTo("history-system");
            assertThat(entry.toString()).contains(id);
        });
    }

    @Test
    void theStatementTellsIt() {
        as("clinician").get("/metadata").then().body("rest[0].interaction.code", hasItem("history-system"));
    }

    @Test
    void whatWasCurrentAtATimeIsTheVersionThatStoodThen() {
        // Given
        String id = newId();
        put(id, withFamily(id, "First"));
        Instant first = time(id);
        put(id, withFamily(id, "Second"));
        Instant second = time(id);

        // When, Then
        assertThat(versions("/Patient/" + id + "/_history?_at=" + first)).containsExactly("1");
        assertThat(versions("/Patient/" + id + "/_history?_at=" + second)).containsExactly("2");
        assertThat(versions("/Patient/" + id + "/_history?_at=" + second.plusSeconds(3600)))
                .containsExactly("2");
        assertThat(versions("/Patient/" + id + "/_history?_at=" + first.minusMillis(1)))
                .isEmpty();
    }

    @Test
    void whatWasCurrentWithinAPeriodIsEveryVersionThatStoodInIt() {
        // Given
        String id = newId();
        put(id, withFamily(id, "First"));
        Instant first = time(id);
        put(id, withFamily(id, "Second"));
        put(id, withFamily(id, "Third"));

        // When
        List<String> year =
                versions("/Patient/" + id + "/_history?_at=" + first.toString().substring(0, 4));
        List<String> before = versions("/Patient/" + id + "/_history?_at=1999-12");

        // Then
        assertThat(year).containsExactly("3", "2", "1");
        assertThat(before).isEmpty();
    }

    @Test
    void aDeletionCountsWhereItHappened() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");
        Instant created = time(id);
        Patients.delete(id);

        // When, Then
        assertThat(versions("/Patient/" + id + "/_history?_at=" + created)).containsExactly("1");
        assertThat(versions("/Patient/" + id + "/_history?_at=" + created.plusSeconds(3600)))
                .isEmpty();
        assertThat(versions(
                        "/Patient/" + id + "/_history?_at=" + created.toString().substring(0, 4)))
                .containsExactly("2", "1");
    }

    @Test
    void theHistoryOfATypeKnowsItToo() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");
        Instant at = time(id);
        put(id, withFamily(id, "Later"));

        // When
        Response history = as("clinician").get("/Patient/_history?_count=1000&_at=" + at);

        // Then
        assertThat(history.jsonPath()
                        .getList("entry.findAll { it.fullUrl.endsWith('%s') }.response.etag".formatted(id)))
                .containsExactly("W/\"1\"");
        history.then().body("link[0].url", containsString("_at="));
    }

    @ParameterizedTest
    @CsvSource({
        "_at=yesterday, _at",
        "_at=2026-02-30, _at",
        "_at=2026&_at=2027, _at",
        "_since=2026, _since",
        "_count=x, _count",
        "_list=x, _list"
    })
    void aParameterThatIsNotUnderstoodIsRefusedByName(String query, String name) {
        as("clinician")
                .get("/_history?" + query)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_history", "/Patient/_history"})
    void aHistoryTakesTheFormThatTheClientAsksFor(String history) {
        as("clinician")
                .get(history + "?_count=1&_format=xml")
                .then()
                .statusCode(200)
                .body(containsString("<Bundle"));
    }

    private static List<String> versions(String history) {
        return as("clinician")
                .get(history)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("entry.response.etag", String.class)
                .stream()
                .map(etag -> etag.replaceAll("\\D", ""))
                .toList();
    }

    private static Instant time(String id) {
        return Instant.parse(as("clinician").get("/Patient/" + id).path("meta.lastUpdated"));
    }
}
