package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.carelog.testing.TopicRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/patch.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class PatchTest {
    private static final String JSON_PATCH = "application/json-patch+json";

    private static final String MALE = "[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"male\"}]";

    private static final String FEMALE = """
            {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"add"},
            {"name":"path","valueString":"Patient"},{"name":"name","valueString":"gender"},
            {"name":"value","valueCode":"female"}]}]}""";

    @Test
    void aJsonPatchMakesTheNextVersionAndLeavesTheRest() {
        // Given
        String id = created("""
                {"resourceType":"Patient","birthDate":"1936-05-21","extension":[{"url":"urn:x","valueDecimal":1.50}]}""");

        // When
        Response answer = json(MALE).patch("/Patient/" + id);

        // Then
        answer.then()
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/2")
                .body("id", equalTo(id))
                .body("meta.versionId", equalTo("2"))
                .body("gender", equalTo("male"))
                .body("birthDate", equalTo("1936-05-21"));
        assertThat(answer.asString()).contains("\"valueDecimal\":1.50");
        as("clinician").get("/Patient/" + id).then().body("gender", equalTo("male"));
    }

    @Test
    void aFhirPathPatchMakesTheNextVersion() {
        // Given
        String id = created("{\"resourceType\":\"Patient\",\"birthDate\":\"1936-05-21\"}");

        // When, Then
        as("clinician")
                .body(FEMALE)
                .patch("/Patient/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .body("gender", equalTo("female"))
                .body("birthDate", equalTo("1936-05-21"));
    }

    @Test
    void whatWasPatchedIsFoundByItsNewContent() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");
        String family = unique("Patched");

        // When
        json("[{\"op\":\"add\",\"path\":\"/name\",\"value\":[{\"family\":\"%s\"}]}]".formatted(family))
                .patch("/Patient/" + id)
                .then()
                .statusCode(200);

        // Then
        as("clinician").get("/Patient?family=" + family).then().body("entry[0].resource.id", equalTo(id));
    }

    @Test
    void aPatchThatChangesNothingMakesNoNewVersionAndNoEvent() {
        // Given
        String id = created("{\"resourceType\":\"Patient\",\"gender\":\"male\"}");

        // When
        json(MALE).patch("/Patient/" + id).then().statusCode(200).header("ETag", "W/\"1\"");
        json("[{\"op\":\"remove\",\"path\":\"/gender\"}]")
                .patch("/Patient/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"2\"");

        // Then
        try (TopicRecords events = new TopicRecords(ServiceUnderTest.topic("carelog.patient.changed.v1"))) {
            assertThat(events.ofSubject("Patient/" + id, event -> has(event, "\"versionId\":\"2\"")))
                    .hasSize(2);
        }
    }

    private static boolean has(org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]> event, String text) {
        return new String(event.value(), java.nio.charset.StandardCharsets.UTF_8).contains(text);
    }

    @Test
    void aPatchIsInTheJournalWithTheVersionItMade() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");
        String request = unique("patch");

        // When
        json(MALE).header("X-Request-Id", request).patch("/Patient/" + id);

        // Then
        assertThat(AuditEntries.of(request)).singleElement().satisfies(entry -> {
            assertThat(entry.path("interaction").asText()).isEqualTo("patch");
            assertThat(entry.path("status").asInt()).isEqualTo(200);
            assertThat(entry.toString()).contains(id);
        });
    }

    @Test
    void aClientThatPrefersLittleGetsNoBody() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        json(MALE)
                .header("Prefer", "return=minimal")
                .patch("/Patient/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .body(emptyString());
    }

    @Test
    void aPatchOfTheVersionThatStandsIsDoneAndOneOfAnotherRefused() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When
        Response matching = json(MALE).header("If-Match", "W/\"1\"").patch("/Patient/" + id);
        Response stale = json("[{\"op\":\"remove\",\"path\":\"/gender\"}]")
                .header("If-Match", "W/\"1\"")
                .patch("/Patient/" + id);

        // Then
        matching.then().statusCode(200);
        stale.then().statusCode(412).body("issue[0].code", equalTo("conflict"));
        as("clinician").get("/Patient/" + id).then().body("gender", equalTo("male"));
    }

    @Test
    void aPatchOfNothingIsNotFoundAndOfADeletedPatientGone() {
        // Given
        String deleted = created("{\"resourceType\":\"Patient\"}");
        Patients.delete(deleted);

        // When, Then
        json(MALE).patch("/Patient/" + newId()).then().statusCode(404);
        json(MALE).patch("/Patient/" + deleted).then().statusCode(410).header("ETag", "W/\"2\"");
    }

    @Test
    void whoMayNotUpdateMayNotPatch() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("compliance")
                .contentType(JSON_PATCH)
                .body(MALE)
                .patch("/Patient/" + id)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/xml", "text/plain", "application/merge-patch+json"})
    void anotherMediaTypeIsRefusedWithThoseThatAreServed(String mediaType) {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("clinician")
                .contentType(mediaType)
                .body(MALE)
                .patch("/Patient/" + id)
                .then()
                .statusCode(415)
                .header("Accept-Patch", containsString(JSON_PATCH));
    }

    @Test
    void aMalformedPatchIsRefused() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        json("[{\"op\":\"add\"}]").patch("/Patient/" + id).then().statusCode(400);
        as("clinician")
                .body("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"x\"}]}")
                .patch("/Patient/" + id)
                .then()
                .statusCode(400);
        as("clinician")
                .body("{\"resourceType\":\"Patient\"}")
                .patch("/Patient/" + id)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            400; Patient.name[
            400; Patient.name.where((use
            422; Patient.extension(given)
            422; Patient.where(birthDate = @2020-02-30)
            """)
    void aPathThatCannotBeReadOrFollowedIsRefused(int status, String path) {
        // Given
        String id = created("{\"resourceType\":\"Patient\",\"birthDate\":\"1936-05-21\"}");

        // When, Then
        as("clinician")
                .body("""
                        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
                        {"name":"type","valueCode":"delete"},{"name":"path","valueString":"%s"}]}]}""".formatted(path))
                .patch("/Patient/" + id)
                .then()
                .statusCode(status)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].diagnostics", containsString("Operation 1"));
    }

    @Test
    void anOperationThatCannotBeDoneIsNamedAndNothingIsStored() {
        // Given
        String id = created(Patients.withFamily("x", PRIVATE));

        // When
        Response answer = json("[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"male\"},"
                        + "{\"op\":\"test\",\"path\":\"/name/0/family\",\"value\":\"Other\"}]")
                .patch("/Patient/" + id);

        // Then
        answer.then()
                .statusCode(422)
                .body("issue[0].diagnostics", containsString("Operation 2 (test /name/0/family)"))
                .body(not(containsString(PRIVATE)));
        as("clinician").get("/Patient/" + id).then().header("ETag", "W/\"1\"").body("gender", nullValue());
    }

    @Test
    void aResultThatIsNoValidPatientIsRefusedWithThePlaces() {
        // Given
        String id = created(Patients.withFamily("x", PRIVATE));

        // When
        Response answer = json("[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"" + PRIVATE + "\"},"
                        + "{\"op\":\"add\",\"path\":\"/nickname\",\"value\":\"" + PRIVATE + "\"}]")
                .patch("/Patient/" + id);

        // Then
        answer.then()
                .statusCode(422)
                .body("issue.expression.flatten()", hasItems("Patient.gender", "Patient.nickname"))
                .body(not(containsString(PRIVATE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/id", "/resourceType"})
    void aPatchMayNotChangeWhatTheResourceIs(String path) {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        json("[{\"op\":\"replace\",\"path\":\"%s\",\"value\":\"Person\"}]".formatted(path))
                .patch("/Patient/" + id)
                .then()
                .statusCode(422);
    }

    @Test
    void aReferenceThatAPatchAddsMustPointToSomething() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        json("""
                [{"op":"add","path":"/link","value":[{"other":{"reference":"Patient/%s"},"type":"seealso"}]}]
                """.formatted(newId()))
                .patch("/Patient/" + id)
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", containsString("Patient.link"));
    }

    @Test
    void ofManyPatchesAtOnceNoneIsLost() throws Exception {
        // Given
        String id = created("""
                {"resourceType":"Patient","extension":[{"url":"urn:start","valueInteger":0}]}""");
        AtomicInteger number = new AtomicInteger();

        // When
        List<Response> answers = Parallel.times(
                32, () -> json("""
                        [{"op":"add","path":"/extension/-","value":{"url":"urn:n","valueInteger":%d}}]""".formatted(number.incrementAndGet())).patch("/Patient/" + id));

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        as("clinician")
                .get("/Patient/" + id)
                .then()
                .header("ETag", "W/\"33\"")
                .body("extension.size()", equalTo(33))
                .body("extension.valueInteger.unique().size()", equalTo(33));
    }

    @Test
    void aConditionChoosesThePatient() {
        // Given
        String mrn = unique("patch");
        String id = created(withIdentifier(mrn));

        // When, Then
        conditional(mrn).then().statusCode(200).header("ETag", "W/\"2\"").body("id", equalTo(id));
    }

    @Test
    void aConditionThatMatchesNothingIsNotFoundAndOneThatMatchesSeveralRefused() {
        // Given
        String mrn = unique("two");
        created(withIdentifier(mrn));
        created(withIdentifier(mrn));

        // When, Then
        conditional(unique("none")).then().statusCode(404);
        conditional(mrn).then().statusCode(412).body("issue[0].code", equalTo("multiple-matches"));
    }

    @Test
    void aConditionAndAVersionMustBothHold() {
        // Given
        String mrn = unique("version");
        String id = created(withIdentifier(mrn));

        // When
        Response stale = json(MALE).header("If-Match", "W/\"7\"").patch("/Patient?identifier=urn:test:mrn|" + mrn);
        Response matching = json(MALE).header("If-Match", "W/\"1\"").patch("/Patient?identifier=urn:test:mrn|" + mrn);

        // Then
        stale.then().statusCode(412);
        matching.then().statusCode(200).body("id", equalTo(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?_count=1", "?_format=json"})
    void aPatchOfAllPatientsIsRefused(String query) {
        json(MALE).patch("/Patient" + query).then().statusCode(400);
    }

    private static Response conditional(String mrn) {
        return json(MALE).patch("/Patient?identifier=urn:test:mrn|" + mrn);
    }

    private static RequestSpecification json(String patch) {
        return as("clinician").contentType(JSON_PATCH).body(patch);
    }
}
