package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/update.md, with a condition */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ConditionalUpdateTest {
    @Test
    void whatMatchesNothingIsCreatedUnderAnIdOfTheServers() {
        // Given
        String mrn = unique("new");

        // When
        Response answer = put(mrn, withIdentifier(mrn));

        // Then
        String id = answer.path("id");
        answer.then()
                .statusCode(201)
                .header("ETag", "W/\"1\"")
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/1");
    }

    @Test
    void whatMatchesNothingIsCreatedUnderTheBodysId() {
        // Given
        String mrn = unique("named");
        String id = newId();

        // When, Then
        put(mrn, withId(id, mrn))
                .then()
                .statusCode(201)
                .header("ETag", "W/\"1\"")
                .body("id", equalTo(id));
    }

    @Test
    void whatMatchesNothingEndsTheDeletionOfTheBodysId() {
        // Given
        String mrn = unique("again");
        String id = created(withIdentifier(unique("other")));
        Patients.delete(id);

        // When, Then
        put(mrn, withId(id, mrn)).then().statusCode(201).header("ETag", "W/\"3\"");
    }

    @Test
    void aPatientWhomTheConditionDoesNotMatchIsNotOverwritten() {
        // Given
        String mrn = unique("taken");
        String id = created(withIdentifier(unique("other")));

        // When
        Response answer = put(mrn, withId(id, mrn));

        // Then
        answer.then().statusCode(409).body("issue[0].code", equalTo("conflict"));
        as("clinician").get("/Patient/" + id).then().header("ETag", "W/\"1\"");
    }

    @Test
    void whatMatchesOneUpdatesIt() {
        // Given
        String mrn = unique("one");
        String id = created(withIdentifier(mrn));

        // When
        Response unnamed = put(mrn, withIdentifier(mrn).replace("}]}", "}],\"gender\":\"male\"}"));
        Response named = put(mrn, withId(id, mrn).replace("}]}", "}],\"gender\":\"female\"}"));

        // Then
        unnamed.then().statusCode(200).header("ETag", "W/\"2\"").body("id", equalTo(id));
        named.then().statusCode(200).header("ETag", "W/\"3\"").body("gender", equalTo("female"));
    }

    @Test
    void anUnchangedPatientHasNoNewVersion() {
        // Given
        String mrn = unique("same");
        created(withIdentifier(mrn));

        // When, Then
        put(mrn, withIdentifier(mrn)).then().statusCode(200).header("ETag", "W/\"1\"");
    }

    @Test
    void aBodyWithAnotherIdThanTheMatchIsRefused() {
        // Given
        String mrn = unique("mismatch");
        created(withIdentifier(mrn));

        // When, Then
        put(mrn, withId(newId(), mrn)).then().statusCode(400);
    }

    @Test
    void whatMatchesSeveralIsRefused() {
        // Given
        String mrn = unique("two");
        created(withIdentifier(mrn));
        created(withIdentifier(mrn));

        // When, Then
        put(mrn, withIdentifier(mrn)).then().statusCode(412).body("issue[0].code", equalTo("multiple-matches"));
    }

    @Test
    void aVersionIsAboutTheMatch() {
        // Given
        String mrn = unique("version");
        created(withIdentifier(mrn));

        // When
        Response nothing = put(unique("none"), withIdentifier(mrn), "W/\"1\"");
        Response stale = put(mrn, withIdentifier(mrn), "W/\"2\"");
        Response matching = put(mrn, withIdentifier(mrn).replace("}]}", "}],\"gender\":\"male\"}"), "W/\"1\"");

        // Then
        nothing.then().statusCode(412);
        stale.then().statusCode(412);
        matching.then().statusCode(200).header("ETag", "W/\"2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?_count=1", "?_sort=birthdate", "?eyecolour=blue"})
    void aConditionThatChoosesNothingIsRefused(String query) {
        as("clinician")
                .body("{\"resourceType\":\"Patient\"}")
                .put("/Patient" + query)
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void ofManyIdenticalRequestsAtOnceOneCreatesAndAllOthersFindIt() throws Exception {
        // Given
        String mrn = unique("many");

        // When
        List<Response> answers = Parallel.times(64, () -> put(mrn, withIdentifier(mrn)));

        // Then
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(63);
        as("clinician").get("/Patient?identifier=urn:test:mrn|" + mrn).then().body("total", equalTo(1));
    }

    @Test
    void ofManyUpdatesAtOnceEachIsAVersion() throws Exception {
        // Given
        String mrn = unique("each");
        String id = created(withIdentifier(mrn));

        // When
        List<Response> answers = Parallel.times(
                16,
                () -> put(mrn, withIdentifier(mrn).replace("}]}", "}],\"name\":[{\"family\":\"" + newId() + "\"}]}")));

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        as("clinician").get("/Patient/" + id).then().header("ETag", "W/\"17\"");
    }

    private static String withId(String id, String mrn) {
        return withIdentifier(mrn).replaceFirst("\\{", "{\"id\":\"" + id + "\",");
    }

    private static Response put(String mrn, String body) {
        return as("clinician").body(body).put("/Patient?identifier=urn:test:mrn|" + mrn);
    }

    private static Response put(String mrn, String body, String ifMatch) {
        return as("clinician").header("If-Match", ifMatch).body(body).put("/Patient?identifier=urn:test:mrn|" + mrn);
    }
}
