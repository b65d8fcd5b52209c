package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/operation-meta.md, docs/api/operations.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class MetaTest {
    @Test
    void theMetaOfAPatientIsThatOfTheCurrentVersion() {
        // Given
        String tag = unique("tag");
        String id = created(tagged(tag));

        // When, Then
        as("clinician")
                .get("/Patient/" + id + "/$meta")
                .then()
                .statusCode(200)
                .body("resourceType", equalTo("Parameters"))
                .body("parameter", hasSize(1))
                .body("parameter[0].name", equalTo("return"))
                .body("parameter[0].valueMeta.versionId", equalTo("1"))
                .body("parameter[0].valueMeta.profile", hasItem("http://example.org/" + tag))
                .body("parameter[0].valueMeta.tag.code", hasItem(tag));
    }

    @Test
    void aTypeAndTheSystemTellWhatTheirResourcesHaveHad() {
        // Given
        String one = unique("one");
        String other = unique("other");
        created(tagged(one));
        created(tagged(one));
        Patients.delete(created(tagged(other)));

        // When, Then
        for (String address : new String[] {"/Patient/$meta", "/$meta"}) {
            as("clinician")
                    .get(address)
                    .then()
                    .statusCode(200)
                    .body("parameter[0].valueMeta.tag.code", hasItems(one, other))
                    .body("parameter[0].valueMeta.tag.findAll { it.code == '%s' }.size()".formatted(one), equalTo(1))
                    .body("parameter[0].valueMeta.profile", hasItem("http://example.org/" + one))
                    .body("parameter[0].valueMeta.versionId", nullValue());
        }
        as("clinician").get("/RelatedPerson/$meta").then().statusCode(200).body(not(containsString(one)));
    }

    @Test
    void whatLabelsThereAreIsToldToWhoSeesAll() {
        as("patient").get("/Patient/$meta").then().statusCode(403);
        as("patient").get("/$meta").then().statusCode(403);
        as("compliance").get("/$meta").then().statusCode(403);
    }

    @Test
    void aLabelIsAddedOnceAndMakesAVersion() {
        // Given
        String id = created(tagged("old"));

        // When
        Response first = change(id, "$meta-add", "new");
        Response again = change(id, "$meta-add", "new");

        // Then
        first.then()
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .body("parameter[0].valueMeta.tag.code", hasItems("old", "new"))
                .body("parameter[0].valueMeta.versionId", equalTo("2"));
        again.then().statusCode(200).header("ETag", "W/\"2\"").body("parameter[0].valueMeta.tag", hasSize(2));
        as("clinician")
                .get("/Patient/" + id)
                .then()
                .body("meta.tag.code", hasItems("old", "new"))
                .body("meta.profile", hasItem("http://example.org/new"));
    }

    @Test
    void aLabelIsTakenAwayAndOneThatIsNotThereNotMissed() {
        // Given
        String id = created(tagged("old"));

        // When
        Response none = change(id, "$meta-delete", "new");
        Response first = change(id, "$meta-delete", "old");

        // Then
        none.then().statusCode(200).header("ETag", "W/\"1\"");
        first.then().statusCode(200).header("ETag", "W/\"2\"").body("parameter[0].valueMeta.tag", nullValue());
        as("clinician").get("/Patient/" + id + "/_history/1").then().body("meta.tag.code", hasItem("old"));
    }

    @Test
    void aChangeOfAnotherVersionIsRefused() {
        // Given
        String id = created(tagged("old"));

        // When, Then
        as("clinician")
                .header("If-Match", "W/\"7\"")
                .body(meta("new"))
                .post("/Patient/" + id + "/$meta-add")
                .then()
                .statusCode(412);
    }

    @Test
    void whatIsNotThereHasNoMeta() {
        // Given
        String deleted = created("{\"resourceType\":\"Patient\"}");
        Patients.delete(deleted);

        // When, Then
        as("clinician").get("/Patient/" + newId() + "/$meta").then().statusCode(404);
        as("clinician").get("/Patient/" + deleted + "/$meta").then().statusCode(410);
        change(newId(), "$meta-add", "x").then().statusCode(404);
    }

    @Test
    void whoMayNotUpdateMayNotChangeMeta() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("patient")
                .body(meta("x"))
                .post("/Patient/" + id + "/$meta-add")
                .then()
                .statusCode(403)
                .body("issue[0].diagnostics", containsString("$meta-add"));
    }

    @Test
    void anOperationIsInTheJournalWithWhatItShowed() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");
        String request = unique("operation");

        // When
        as("clinician").header("X-Request-Id", request).get("/Patient/" + id + "/$meta");

        // Then
        assertThat(AuditEntries.of(request)).singleElement().satisfies(entry -> {
            assertThat(entry.path("interaction").asText()).isEqualTo("operation");
            assertThat(entry.toString()).contains(id);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/$unknown, $meta",
        "/Patient/$unknown, $meta",
        "/Patient/$meta-add, $meta",
        "/Patient/x/$unknown, $meta-delete",
        "/Encounter/x/$meta-add, $meta",
        "/Patient/$lastn, $meta",
        "/Patient/x/_history/1/$meta, no operations"
    })
    void anUnknownOperationIsRefusedAndThoseThatThereAreNamed(String address, String named) {
        as("clinician")
                .get(address)
                .then()
                .statusCode(400)
                .body("issue[0].code", equalTo("not-supported"))
                .body("issue[0].diagnostics", containsString(named));
    }

    @Test
    void anOperationThatChangesIsAskedByPostOnly() {
        as("clinician").get("/Patient/x/$meta-add").then().statusCode(405).header("Allow", "POST");
        as("clinician").put("/Patient/x/$meta").then().statusCode(405).header("Allow", "GET, POST");
    }

    @Test
    void anOperationThatReadsIsAnsweredByPostToo() {
        // Given
        String id = created(tagged("old"));

        // When, Then
        as("clinician")
                .body("{\"resourceType\":\"Parameters\"}")
                .post("/Patient/" + id + "/$meta")
                .then()
                .statusCode(200)
                .body("parameter[0].valueMeta.tag.code", hasItem("old"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Parameters\"}",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueString\":\"x\"}]}",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"other\",\"valueMeta\":{\"versionId\":\"1\"}}]}",
                "{\"resourceType\":\"Patient\"}",
                "{"
            })
    void aParameterThatIsNotUnderstoodIsRefused(String body) {
        as("clinician").body(body).post("/Patient/x/$meta-add").then().statusCode(400);
    }

    @Test
    void aParameterThatAnOperationDoesNotHaveIsNamed() {
        as("clinician")
                .get("/Patient/x/$meta?mode=all")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("'mode'"));
    }

    @Test
    void theStatementListsOperations() {
        as("clinician")
                .get("/metadata")
                .then()
                .body("rest[0].operation.name", hasItem("meta"))
                .body(
                        "rest[0].resource.find { it.type == 'Patient' }.operation.name",
                        hasItems("meta", "meta-add", "meta-delete"))
                .body("rest[0].resource.find { it.type == 'Encounter' }.operation.name", not(hasItem("meta-add")));
    }

    private static Response change(String id, String operation, String label) {
        return as("clinician").body(meta(label)).post("/Patient/" + id + "/" + operation);
    }

    private static String meta(String label) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"meta","valueMeta":%s}]}""".formatted(labels(label));
    }

    private static String tagged(String label) {
        return "{\"resourceType\":\"Patient\",\"meta\":%s}".formatted(labels(label));
    }

    private static String labels(String label) {
        return """
                {"profile":["http://example.org/%1$s"],"tag":[{"system":"urn:tags","code":"%1$s","display":"A tag"}]}""".formatted(label);
    }
}
