package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/update.md, its table row by row */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class UpdateTest {

    @Test
    void whereNothingWasThePatientIsCreatedUnderTheClientsId() {
        // Given
        String id = "mrn-" + newId().substring(0, 8) + ".a";

        // When, Then
        as("clinician")
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id)
                .then()
                .statusCode(201)
                .header("ETag", "W/\"1\"")
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/1")
                .body("id", equalTo(id));
    }

    @Test
    void whereNothingWasThereIsNothingToMatch() {
        // Given
        String id = newId();

        // When
        Response answer = as("clinician")
                .header("If-Match", "W/\"1\"")
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id);

        // Then
        answer.then().statusCode(412).body("issue[0].code", equalTo("conflict"));
        as("clinician").get("/Patient/" + id).then().statusCode(404);
    }

    @Test
    void aNewVersionFollowsTheCurrentOne() {
        // Given
        String id = newId();
        Response first = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // When
        Response second = as("clinician").body(withFamily(id, "Example")).put("/Patient/" + id);

        // Then
        second.then()
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/2")
                .body("meta.versionId", equalTo("2"))
                .body("name[0].family", equalTo("Example"));
        assertThat(OffsetDateTime.parse(second.path("meta.lastUpdated")))
                .isAfter(OffsetDateTime.parse(first.path("meta.lastUpdated")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"1\"", "\"1\""})
    void theVersionThatIsMatchedIsReplaced(String ifMatch) {
        replaced(ifMatch).then().statusCode(200).header("ETag", "W/\"2\"");
    }

    @Test
    void anotherVersionThanTheCurrentOneIsRefusedAndNothingChanges() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Example"));

        // When
        Response answer = as("clinician")
                .header("If-Match", "W/\"1\"")
                .body(withFamily(id, "Late"))
                .put("/Patient/" + id);

        // Then
        answer.then()
                .statusCode(412)
                .body("issue[0].code", equalTo("conflict"))
                .body("issue[0].diagnostics", containsString("2"));
        as("clinician")
                .get("/Patient/" + id)
                .then()
                .header("ETag", "W/\"2\"")
                .body("name[0].family", equalTo("Example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"one\"", "\"2026-06-03T10:00:00Z\"", "W/\"0\"", "W/\"9999999999999999999\""})
    void aTagThatWasNeverGivenIsOfNoVersion(String ifMatch) {
        replaced(ifMatch).then().statusCode(412).body("issue[0].code", equalTo("conflict"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "W/\"1\", W/\"2\"", "*", ""})
    void anIfMatchThatIsNotOneVersionIsRefused(String ifMatch) {
        replaced(ifMatch).then().statusCode(400).body("issue[0].diagnostics", containsString("If-Match"));
    }

    @Test
    void theSameContentMakesNoNewVersion() {
        // Given
        String id = newId();
        Response first = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // When
        Response again = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // Then
        again.then()
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .header("Last-Modified", first.header("Last-Modified"))
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/1");
        assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
        as("clinician").get("/Patient/" + id + "/_history").then().body("total", equalTo(1));
    }

    @Test
    void whatWasReadAndIsPutBackIsTheSameContentHoweverItIsLaidOut() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        String read = as("clinician").get("/Patient/" + id).asString();

        // When, Then
        as("clinician")
                .body(read.replace(",", " ,\n\t").replace(":{", ": {"))
                .put("/Patient/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"1\"");
    }

    @Test
    void aDeletedPatientComesBackWithTheNextVersion() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.delete(id);

        // When
        Response answer = as("clinician")
                .header("If-Match", "W/\"2\"")
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id);

        // Then
        answer.then().statusCode(201).header("ETag", "W/\"3\"");
        as("clinician").get("/Patient/" + id).then().statusCode(200);
    }

    @Test
    void theBodysIdMustBeTheUrls() {
        // Given
        String id = newId();

        // When, Then
        as("clinician")
                .body(withFamily(newId(), "Sample"))
                .put("/Patient/" + id)
                .then()
                .statusCode(400);
        as("clinician")
                .body("{\"resourceType\":\"Patient\"}")
                .put("/Patient/" + id)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("id"));
        as("clinician").get("/Patient/" + id).then().statusCode(404);
    }

    @Test
    void aPatientMayReferToItself() {
        // Given
        String id = newId();

        // When, Then
        as("clinician").body("""
                {"resourceType":"Patient","id":"%1$s","link":[{"other":{"reference":"Patient/%1$s"},"type":"seealso"}]}
                """.formatted(id)).put("/Patient/" + id).then().statusCode(201);
    }

    @Test
    void aReferenceToNobodyIsRefusedAndTheCurrentVersionStays() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        Response answer = as("clinician").body("""
                {"resourceType":"Patient","id":"%s","link":[{"other":{"reference":"Patient/%s"},"type":"seealso"}]}
                """.formatted(id, newId())).put("/Patient/" + id);

        // Then
        answer.then().statusCode(422);
        as("clinician").get("/Patient/" + id).then().header("ETag", "W/\"1\"");
    }

    @Test
    void ofManyWhoReplaceTheSameVersionAtOnceOneDoes() throws Exception {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        AtomicInteger writer = new AtomicInteger();

        // When
        List<Integer> statuses = Parallel.times(
                16,
                () -> as("clinician")
                        .header("If-Match", "W/\"1\"")
                        .body(withFamily(id, "Writer" + writer.incrementAndGet()))
                        .put("/Patient/" + id)
                        .statusCode());

        // Then
        assertThat(statuses).containsOnly(200, 412);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    }

    @Test
    void manyAtOnceMakeOneVersionEachWithoutAGapAndEachIsLaterThanTheOneBefore() throws Exception {
        // Given
        String id = newId();
        AtomicInteger writer = new AtomicInteger();

        // When
        List<Response> answers = Parallel.times(
                16,
                () -> as("clinician")
                        .body(withFamily(id, "Writer" + writer.incrementAndGet()))
                        .put("/Patient/" + id));

        // Then
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers.stream().map(answer -> Integer.valueOf(answer.<String>path("meta.versionId"))))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 16).boxed().toList());
        assertThat(answers.stream()
                        .sorted(Comparator.comparing(answer -> Integer.valueOf(answer.<String>path("meta.versionId"))))
                        .map(answer -> Instant.parse(answer.path("meta.lastUpdated"))))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    /** What is answered to an update, under this condition, of a resource that has one version. */
    private static Response replaced(String ifMatch) {
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        return as("clinician")
                .header("If-Match", ifMatch)
                .body(withFamily(id, "Example"))
                .put("/Patient/" + id);
    }
}
