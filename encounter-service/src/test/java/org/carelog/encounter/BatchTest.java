package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.ownersDataSource;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class BatchTest {
    private static final String ENCOUNTER =
            "{\"resourceType\":\"Encounter\",\"status\":\"planned\",\"class\":{\"code\":\"AMB\"}}";

    @Test
    void eachEntryIsAnsweredForItself() {
        as("clinician")
                .header("Prefer", "return=representation")
                .body(
                        batch(
                                post(ENCOUNTER),
                                post("{\"resourceType\":\"Encounter\",\"colour\":\"x\"}"),
                                "{\"request\":{\"method\":\"GET\",\"url\":\"Encounter/nowhere\"}}",
                                "{\"request\":{\"method\":\"GET\",\"url\":\"Encounter?status=planned&_summary=count\"}}",
                                "{\"request\":{\"method\":\"GET\",\"url\":\"Unknown/1\"}}",
                                "{\"request\":{\"method\":\"POST\",\"url\":\"Encounter/_search?status=planned&_summary=count\"}}"))
                .post("/")
                .then()
                .statusCode(200)
                .body("type", equalTo("batch-response"))
                .body("entry", hasSize(6))
                .body("entry[5].response.status", startsWith("200"))
                .body("entry[5].resource.type", equalTo("searchset"))
                .body("entry[0].response.status", startsWith("201"))
                .body("entry[0].response.location", notNullValue())
                .body("entry[0].response.lastModified", notNullValue())
                .body("entry[0].resource.status", equalTo("planned"))
                .body("entry[1].response.status", startsWith("400"))
                .body("entry[1].response.outcome.issue[0].expression[0]", equalTo("Encounter.colour"))
                .body("entry[1].resource", nullValue())
                .body("entry[2].response.status", startsWith("404"))
                .body("entry[3].response.status", startsWith("200"))
                .body("entry[3].resource.type", equalTo("searchset"))
                .body("entry[4].response.status", startsWith("404"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"metadata", "_history", "_history?_count=2", "_search", "Patient/p1/*", "/Patient/p1/*?_count=1"
            })
    void whatIsAboutAllTypesIsAskedAlone(String url) {
        // Given
        String question = url.equals("_search") ? get(url).replace("GET", "POST") : get(url);

        // When, Then
        as("clinician")
                .body(batch(question, get("Encounter?_summary=count")))
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].response.status", startsWith("422"))
                .body("entry[0].response.outcome.issue[0].code", equalTo("not-supported"))
                .body("entry[1].response.status", startsWith("200"));
        as("clinician")
                .body(batch(question).replace("batch", "transaction"))
                .post("/")
                .then()
                .statusCode(422)
                .body("issue[0].code", equalTo("not-supported"))
                .body("issue[0].expression[0]", startsWith("Bundle.entry[0]"));
    }

    @Test
    void anEntryHasTheTimeOfItsResourceExactlyAndMayAskWhetherThatChanged() {
        // Given
        JsonPath there = as("clinician").body(ENCOUNTER).post("/Encounter").jsonPath();
        String url = "Encounter/" + there.getString("id");
        String since = "{\"request\":{\"method\":\"GET\",\"url\":\"%s\",\"ifModifiedSince\":\"%s\"}}";

        // When, Then
        as("clinician")
                .body(batch(
                        get(url),
                        since.formatted(url, there.getString("meta.lastUpdated")),
                        since.formatted(url, "2001-01-01T00:00:00Z")))
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].response.lastModified", equalTo(there.getString("meta.lastUpdated")))
                .body("entry[1].response.status", startsWith("304"))
                .body("entry[2].response.status", startsWith("200"));
    }

    @Test
    void aValidationMayHaveNoBody() {
        // Given
        String there =
                as("clinician").body(ENCOUNTER).post("/Encounter").jsonPath().getString("id");

        // When, Then
        as("clinician")
                .body(batch(get("Encounter/%s/$validate".formatted(there)).replace("GET", "POST")))
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].response.status", startsWith("200"))
                .body("entry[0].resource.resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void anEntryIsInTheFormatOfItsBundleWhateverItsUrlSays() {
        // Given
        String there =
                as("clinician").body(ENCOUNTER).post("/Encounter").jsonPath().getString("id");
        String batch = batch(
                get("Encounter/%s?_format=xml&_pretty=true".formatted(there)),
                get("Encounter/%s?_elements=status&_format=json".formatted(there)),
                get("Encounter/nowhere?_format=xml"),
                get("Encounter?_id=%s&_format=xml&_summary=true".formatted(there)));

        // When, Then
        as("clinician")
                .body(batch)
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].resource.id", equalTo(there))
                .body("entry[1].resource.meta.tag[0].code", equalTo("SUBSETTED"))
                .body("entry[1].resource.class", notNullValue())
                .body("entry[2].response.outcome.issue[0].code", equalTo("not-found"))
                .body("entry[3].resource.entry[0].resource.id", equalTo(there));
        as("clinician")
                .accept("application/fhir+xml")
                .body(batch)
                .post("/?_pretty=true")
                .then()
                .statusCode(200)
                .contentType(startsWith("application/fhir+xml"))
                .body("Bundle.entry[0].resource.Encounter.id.@value", equalTo(there))
                .body("Bundle.entry[3].resource.Bundle.entry.resource.Encounter.id.@value", equalTo(there));
    }

    @Test
    void whoPrefersOutcomesGetsThoseOfWritesAndTheResultsOfTheRest() {
        // Given
        String there =
                as("clinician").body(ENCOUNTER).post("/Encounter").jsonPath().getString("id");
        String meta =
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"tag\":[{\"code\":\"x\"}]}}]}";

        // When, Then
        as("clinician")
                .header("Prefer", "return=OperationOutcome")
                .body(batch(
                        post(ENCOUNTER),
                        "{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Encounter/%s/$meta-add\"}}"
                                .formatted(meta, there),
                        get("Encounter/" + there),
                        get("Encounter/" + there).replace("GET", "HEAD")))
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].response.outcome.issue[0].severity", equalTo("information"))
                .body("entry[0].resource", nullValue())
                .body("entry[1].resource.parameter[0].valueMeta.tag[0].code", equalTo("x"))
                .body("entry[1].response.outcome", nullValue())
                .body("entry[2].resource.id", equalTo(there))
                .body("entry[2].response.outcome", nullValue())
                .body("entry[3].response.status", startsWith("200"))
                .body("entry[3].resource", nullValue())
                .body("entry[3].response.outcome", nullValue());
    }

    @Test
    void whatThePolicyForbidsFailsItsEntryAlone() {
        // Given
        String there =
                as("clinician").body(ENCOUNTER).post("/Encounter").jsonPath().getString("id");

        // When, Then
        as("registrar")
                .body(batch(
                        "{\"request\":{\"method\":\"DELETE\",\"url\":\"Encounter/%s\"}}".formatted(there),
                        post(ENCOUNTER)))
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].response.status", startsWith("403"))
                .body("entry[1].response.status", startsWith("201"));
    }

    @Test
    void theBatchAndEachOfItsEntriesAreRecorded() throws SQLException {
        // Given
        String requestId = UUID.randomUUID().toString();

        // When
        as("clinician")
                .header("X-Request-Id", requestId)
                .body(batch(post(ENCOUNTER), "{\"request\":{\"method\":\"GET\",\"url\":\"Encounter/nowhere\"}}"))
                .post("/")
                .then()
                .statusCode(200);

        // Then
        assertThat(recorded(requestId)).containsExactlyInAnyOrder("create 201", "read 404", "batch 200");
    }

    @Test
    void aBundleThatIsNoBatchIsRefused() {
        as("clinician")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}")
                .post("/")
                .then()
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("Bundle.type"));
    }

    @Test
    void anEntryThatLeavesTheBaseIsRefusedWithTheWholeBatch() {
        as("clinician")
                .body(batch("{\"request\":{\"method\":\"GET\",\"url\":\"http://elsewhere.example/Encounter\"}}"))
                .post("/")
                .then()
                .statusCode(400)
                .body("issue[0].expression[0]", equalTo("Bundle.entry[0].request.url"));
    }

    private static String batch(String... entries) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}".formatted(String.join(",", entries));
    }

    private static String get(String url) {
        return "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(url);
    }

    private static String post(String resource) {
        return "{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Encounter\"}}".formatted(resource);
    }

    private static List<String> recorded(String requestId) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = ownersDataSource().getConnection();
                var statement = connection.prepareStatement(
                        "select entry from audit_entry where position(? in encode(entry, 'escape')) > 0")) {
            statement.setString(1, requestId);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    var entry =
                            new io.restassured.path.json.JsonPath(new String(rows.getBytes(1), StandardCharsets.UTF_8));
                    found.add(entry.getString("interaction") + " " + entry.getInt("status"));
                }
            }
        }
        return found;
    }
}
