package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/create.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class CreateTest {
    /** Of identical requests at once; 1,000 rounds take half an hour on two busy cores. */
    private static final int ROUNDS = Integer.getInteger("carelog.rounds", 5);

    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    @Test
    void theServerAssignsTheIdAndSaysWhereTheVersionIs() {
        // When
        Response answer = as("clinician").body("""
                {"resourceType":"Patient","birthDate":"1936-05-21"}""").post("/Patient");

        // Then
        String id = answer.path("id");
        answer.then()
                .statusCode(201)
                .contentType("application/fhir+json")
                .header("ETag", "W/\"1\"")
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/1")
                .header("Last-Modified", matchesPattern("\\w{3}, \\d{1,2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"))
                .header("X-Request-Id", not(emptyString()))
                .body("id", matchesPattern(UUID))
                .body("meta.versionId", equalTo("1"))
                .body("birthDate", equalTo("1936-05-21"));
    }

    @Test
    void idVersionAndTimeOfTheBodyAreReplacedAndTheRestOfMetaStays() {
        // When
        Response answer = as("clinician").body("""
                {"resourceType":"Patient","id":"mine","meta":{"versionId":"77","lastUpdated":"1999-01-01T00:00:00Z",
                "profile":["http://example.org/profile"],"tag":[{"system":"urn:test","code":"kept"}]},"gender":"other"}
                """).post("/Patient");

        // Then
        answer.then()
                .statusCode(201)
                .body("id", matchesPattern(UUID))
                .body("meta.versionId", equalTo("1"))
                .body("meta.lastUpdated", not(startsWith("1999")))
                .body("meta.profile[0]", equalTo("http://example.org/profile"))
                .body("meta.tag[0].code", equalTo("kept"));
        as("clinician").get("/Patient/mine").then().statusCode(404);
    }

    @Test
    void theCallersRequestIdComesBack() {
        as("clinician")
                .header("X-Request-Id", "order-4711")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(201)
                .header("X-Request-Id", "order-4711");
    }

    @ParameterizedTest
    @CsvSource({"return=minimal", "'respond-async, return=minimal'", "return=\"minimal\""})
    void aClientThatPrefersLittleGetsNoBody(String preference) {
        as("clinician")
                .header("Prefer", preference)
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(201)
                .header("Location", startsWith("http://localhost:8080/fhir/Patient/"))
                .header("ETag", "W/\"1\"")
                .body(emptyString());
    }

    @Test
    void preferencesMayComeInSeveralHeaders() {
        as("clinician")
                .header("Prefer", "handling=strict")
                .header("Prefer", "return=minimal")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(201)
                .body(emptyString());
    }

    @Test
    void aConditionMayHaveAQuestionMarkInItsValue() {
        // Given
        String mrn = unique("question") + "?site=1|42";
        String patient =
                "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"http://acme.example/%s\",\"value\":\"42\"}]}"
                        .formatted(mrn.replace("|42", ""));

        // When
        for (String condition : List.of("identifier=", "Patient?identifier=")) {
            as("clinician")
                    .header("If-None-Exist", condition + "http://acme.example/" + mrn)
                    .body(patient)
                    .post("/Patient")
                    .then()
                    .statusCode(condition.startsWith("Patient") ? 200 : 201);
        }
    }

    @Test
    void aClientMayPreferAnOutcome() {
        as("clinician")
                .header("Prefer", "return=OperationOutcome")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(201)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].severity", equalTo("information"));
    }

    @Test
    void aPreferenceThatFhirDoesNotKnowIsRefusedBeforeAnythingIsStored() {
        // Given
        String mrn = unique("prefer");

        // When
        Response answer = as("clinician")
                .header("Prefer", "return=everything")
                .body(withIdentifier(mrn))
                .post("/Patient");

        // Then
        answer.then().statusCode(400).body("issue[0].diagnostics", containsString("Prefer"));
        assertNothingStored(mrn);
    }

    @Test
    void aConditionThatMatchesNothingLetsItBeCreated() {
        // Given
        String mrn = unique("new");

        // When, Then
        createdIfNone(mrn).then().statusCode(201).header("ETag", "W/\"1\"");
    }

    @Test
    void aConditionThatMatchesOneGivesThatOne() {
        // Given
        String mrn = unique("one");
        String id = Patients.created(withIdentifier(mrn));

        // When
        Response answer = createdIfNone(mrn);

        // Then
        answer.then()
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .header("Location", "http://localhost:8080/fhir/Patient/" + id + "/_history/1")
                .body("id", equalTo(id));
        assertThat(found(mrn)).isEqualTo(1);
    }

    @Test
    void aConditionThatMatchesSeveralIsRefused() {
        // Given
        String mrn = unique("two");
        Patients.created(withIdentifier(mrn));
        Patients.created(withIdentifier(mrn));

        // When
        Response answer = createdIfNone(mrn);

        // Then
        answer.then().statusCode(412).body("issue[0].code", equalTo("multiple-matches"));
        assertThat(found(mrn)).isEqualTo(2);
    }

    @Test
    void aDeletedPatientMatchesNoCondition() {
        // Given
        String mrn = unique("gone");
        Patients.delete(Patients.created(withIdentifier(mrn)));

        // When, Then
        createdIfNone(mrn).then().statusCode(201);
    }

    @Test
    void ofManyIdenticalRequestsAtOnceOneCreatesAndAllOthersFindIt() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            String mrn = unique("many");

            // When
            List<Response> answers = Parallel.times(64, () -> createdIfNone(mrn));

            // Then
            assertThat(answers).extracting(Response::statusCode).containsOnly(200, 201);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
            assertThat(answers.stream()
                            .map(answer -> answer.path("id").toString())
                            .distinct())
                    .hasSize(1);
            assertThat(found(mrn)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "_count=1", "_sort=birthdate", "_include=Patient:link"})
    void aConditionThatChoosesNothingIsRefused(String condition) {
        as("clinician")
                .header("If-None-Exist", condition)
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("If-None-Exist"));
    }

    @Test
    void anUnknownParameterInAConditionIsRefusedByName() {
        as("clinician")
                .header("If-None-Exist", "eyecolour=blue")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("eyecolour"));
    }

    @Test
    void aConditionThatCannotBeDecodedIsRefused() {
        as("clinician")
                .header("If-None-Exist", "identifier=50%")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient?identifier=urn:test:mrn%7C",
                "http://localhost:8080/fhir/Patient?_format=json&identifier=urn:test:mrn%7C"
            })
    void aConditionMayBeWrittenAsAWholeSearchUrl(String url) {
        // Given
        String mrn = unique("url");
        String id = Patients.created(withIdentifier(mrn));

        // When, Then
        as("clinician")
                .header("If-None-Exist", url + mrn)
                .body(withIdentifier(mrn))
                .post("/Patient")
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
    }

    @Test
    void aReferenceToAPatientWhoDoesNotExistIsRefusedWithItsPlace() {
        // Given
        String mrn = unique("link");

        // When
        Response answer =
                as("clinician").body("""
                {"resourceType":"Patient","identifier":[{"system":"urn:test:mrn","value":"%s"}],
                "link":[{"other":{"reference":"Patient/%s"},"type":"seealso"}]}
                """.formatted(mrn, Patients.newId())).post("/Patient");

        // Then
        answer.then()
                .statusCode(422)
                .body("issue.size()", equalTo(1))
                .body("issue[0].code", equalTo("not-found"))
                .body("issue[0].expression[0]", startsWith("Patient.link"));
        assertNothingStored(mrn);
    }

    @Test
    void aReferenceToAPatientWhoExistsAndOneToWhatNobodyHostsAreTaken() {
        // Given
        String other = Patients.created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("clinician").body("""
                {"resourceType":"Patient","link":[{"other":{"reference":"Patient/%s"},"type":"seealso"}],
                "extension":[{"url":"http://example.org/x","valueReference":{"reference":"Questionnaire/nobody-hosts-it"}}]}
                """.formatted(other)).post("/Patient").then().statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'reference':'Organization/x','type':'Patient'}; 422; Patient.managingOrganization.type",
                "{'reference':'#it'}; 422; Patient.managingOrganization",
                "{'type':'Practitioner','display':'x'}; 422; Patient.managingOrganization",
                "{'reference':'#that'}; 400; Patient.managingOrganization.reference"
            })
    void aReferenceThatCannotBeMeantIsRefusedWithItsPlace(String reference, int status, String place) {
        as("clinician")
                .body("""
                {"resourceType":"Patient","contained":[{"resourceType":"Practitioner","id":"it"}],"managingOrganization":%s}""".formatted(reference.replace('\'', '"')))
                .post("/Patient")
                .then()
                .statusCode(status)
                .body("issue[0].expression[0]", equalTo(place));
    }

    @Test
    void aReferenceToADeletedPatientIsRefused() {
        // Given
        String other = Patients.created("{\"resourceType\":\"Patient\"}");
        Patients.delete(other);

        // When, Then
        as("clinician").body("""
                {"resourceType":"Patient","link":[{"other":{"reference":"Patient/%s"},"type":"seealso"}]}
                """.formatted(other)).post("/Patient").then().statusCode(422);
    }

    @Test
    void textInEveryScriptComesBackAsItWasSent() {
        // Given
        String family = "Þórðardóttir-张-😀";

        // When
        String id = Patients.created(Patients.withFamily("x", family));

        // Then
        as("clinician").get("/Patient/" + id).then().body("name[0].family", equalTo(family));
    }

    @Test
    void aRefusedBodysContentIsInNoAnswer() {
        as("clinician")
                .body("""
                {"resourceType":"Patient","name":[{"family":"%1$s","nickname":"%1$s"}],"gender":"%1$s","birthDate":"%1$s",
                "active":"%1$s","identifier":"%1$s"}""".formatted(PRIVATE))
                .post("/Patient")
                .then()
                .statusCode(400)
                .body(not(containsString(PRIVATE)));
    }

    private static Response createdIfNone(String mrn) {
        return as("clinician")
                .header("If-None-Exist", "identifier=urn:test:mrn|" + mrn)
                .body(withIdentifier(mrn))
                .post("/Patient");
    }

    private static int found(String mrn) {
        return as("clinician")
                .queryParam("identifier", "urn:test:mrn|" + mrn)
                .get("/Patient")
                .path("total");
    }

    private static void assertNothingStored(String mrn) {
        assertThat(found(mrn)).isZero();
    }
}
