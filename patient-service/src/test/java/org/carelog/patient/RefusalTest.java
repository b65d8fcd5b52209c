package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import org.carelog.testing.RawRequest;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/README.md, refusals: each an OperationOutcome that says what and where, repeats nothing, and stores nothing */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class RefusalTest {

    private static final int LIMIT = 5 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"Patient\"",
                "{",
                "{\"resourceType\":\"Patient\"",
                "{\"resourceType\":\"Patient\"} {\"resourceType\":\"Patient\"}",
                "{\"resourceType\":\"Patient\",}",
                "{\"resourceType\":\"Patient\",\"gender\":\"male\",\"gender\":\"female\"}",
                "{resourceType:'Patient'}",
                "<Patient xmlns=\"http://hl7.org/fhir\"/>"
            })
    void whatIsNotOneJsonObjectIsMalformed(String body) {
        refused(put(newId(), body), 400, "structure");
    }

    @Test
    void whatIsNotUtf8IsMalformed() {
        // Given
        byte[] body = "{\"resourceType\":\"Patient\",\"language\":\"xx\"}".getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xFF;

        // When, Then
        refused(as("clinician").body(body).post("/Patient"), 400, "structure");
    }

    @Test
    void nestingWithoutEndIsMalformed() {
        String body = "{\"resourceType\":\"Patient\",\"extension\":" + "[{\"extension\":".repeat(20_000) + "1"
                + "}]".repeat(20_000) + "}";

        refused(as("clinician").body(body).post("/Patient"), 400, "structure");
    }

    @ParameterizedTest
    @CsvSource({"Encounter", "Observation", "patient", "Nonsense", "''"})
    void anotherTypeThanTheUrlsIsRefused(String type) {
        refused(put(newId(), "{\"resourceType\":\"" + type + "\"}"), 400, "invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"nickname\":\"P\" | Patient.nickname",
                "\"name\":[{\"first\":\"P\"}] | Patient.name[0].first",
                "\"name\":{\"family\":\"P\"} | Patient.name",
                "\"name\":[\"P\"] | Patient.name[0]",
                "\"name\":[] | Patient.name",
                "\"name\":[{}] | Patient.name[0]",
                "\"name\":[{\"given\":\"P\"}] | Patient.name[0].given",
                "\"name\":[{\"family\":[\"P\"]}] | Patient.name[0].family",
                "\"name\":[{\"family\":\"\"}] | Patient.name[0].family",
                "\"name\":[{\"family\":7}] | Patient.name[0].family",
                "\"name\":null | Patient.name",
                "\"active\":\"P\" | Patient.active",
                "\"active\":1 | Patient.active",
                "\"gender\":\"P\" | Patient.gender",
                "\"birthDate\":\"P\" | Patient.birthDate",
                "\"birthDate\":\"1936-02-30\" | Patient.birthDate",
                "\"birthDate\":\"21.05.1936\" | Patient.birthDate",
                "\"multipleBirthInteger\":\"P\" | Patient.multipleBirthInteger",
                "\"communication\":[{\"preferred\":true}] | Patient.communication[0].language",
                "\"link\":[{\"type\":\"seealso\"}] | Patient.link[0].other",
                "\"extension\":[{\"valueString\":\"P\"}] | Patient.extension[0].url",
                "\"Extension\":[] | Patient.Extension"
            })
    void aFaultIsNamedByItsPlace(String element, String place) {
        // Given
        String id = newId();
        String body = "{\"resourceType\":\"Patient\",\"id\":\"%s\",%s}"
                .formatted(id, element.replace("\"P\"", "\"" + PRIVATE + "\""));

        // When
        Response answer = put(id, body);

        // Then
        outcome(answer, 400).body("issue.expression.flatten()", hasItem(place.strip()));
        as("clinician").get("/Patient/" + id).then().statusCode(404);
    }

    @Test
    void everyFaultHasAnIssueOfItsOwn() {
        Response answer = put(newId(), """
                {"resourceType":"Patient","nickname":"x","gender":"y","name":[{"first":"z"}]}""");

        outcome(answer, 400).body("issue.size()", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a_b", "a%20b", "%C3%A4", "0123456789012345678901234567890123456789012345678901234567890123X"})
    void whatIsNoIdIsRefused(String id) {
        refused(
                as("clinician")
                        .urlEncodingEnabled(false)
                        .body("{\"resourceType\":\"Patient\"}")
                        .put("/Patient/" + id),
                400,
                "value");
    }

    @Test
    void anIdInTheBodyThatIsNoneIsRefused() {
        outcome(put(newId(), "{\"resourceType\":\"Patient\",\"id\":\"a_b\"}"), 400);
    }

    @Test
    void theLargestBodyIsTakenAndOneByteMoreIsNot() {
        // Given
        String id = newId();
        String largest = sized(id, LIMIT);

        // When, Then
        as("clinician").body(largest).put("/Patient/" + id).then().statusCode(201);
        refused(as("clinician").body(largest + " ").put("/Patient/" + newId()), 413, "too-long");
        refused(as("clinician").body(sized(id, 3 * LIMIT)).put("/Patient/" + newId()), 413, "too-long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/json-patch+json",
                "application/fhir+json;charset=ISO-8859-1",
                "nonsense",
                "/;",
                "application/fhir+json;fhirVersion=3.0",
                "application/fhir+json; charset=utf-8; fhirVersion=\"5.0\"",
                "*/*"
            })
    void aBodyThatIsNoFhirInUtf8IsOfTheWrongMediaType(String contentType) {
        refused(
                as("clinician")
                        .contentType(contentType)
                        .body("{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_8))
                        .post("/Patient"),
                415,
                "not-supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "application/json",
                "application/fhir+json; charset=utf-8",
                "application/fhir+json;fhirVersion=4.0",
                "application/fhir+json; fhirVersion=\"4.0.1\""
            })
    void jsonIsTakenUnderEachOfItsNames(String contentType) {
        as("clinician")
                .contentType(contentType)
                .body("{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_8))
                .post("/Patient")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/png",
                "application/fhir+json;q=0",
                "application/pdf, text/html;q=0.9",
                "nonsense",
                "application/fhir+json;fhirVersion=5.0",
                "/;q=x"
            })
    void aClientThatTakesNothingOfOursIsNotAnsweredWithIt(String accept) {
        refused(as("clinician").accept(accept).get("/Patient/" + newId()), 406, "not-supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/fhir+json",
                "application/json",
                "*/*",
                "text/html, application/fhir+json;q=0.5",
                "application/*;q=0.1"
            })
    void aClientThatTakesJsonIsAnswered(String accept) {
        as("clinician")
                .accept(accept)
                .get("/Patient?_count=0")
                .then()
                .statusCode(200)
                .contentType("application/fhir+json");
    }

    @ParameterizedTest
    @CsvSource({"json,200", "application/fhir%2Bjson,200", "application/fhir+json,200", "html,406", "pdf,406"})
    void theFormatParameterDecidesBeforeTheHeader(String format, int status) {
        as("clinician")
                .urlEncodingEnabled(false)
                .accept(status == 200 ? "text/html" : "application/fhir+json")
                .get("/Patient?_count=0&_format=" + format)
                .then()
                .statusCode(status);
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS, /Patient, 'GET, POST'",
        "PUT, /, 'GET, POST'",
        "POST, /Patient/1, 'DELETE, GET, PUT'",
        "OPTIONS, /Patient/1, 'DELETE, GET, PUT'",
        "POST, /Patient/_history, 'GET'",
        "PUT, /Patient/1/_history, 'GET'",
        "DELETE, /Patient/1/_history/1, 'GET'",
        "POST, /metadata, 'GET'",
        "POST, /Encounter, 'GET'",
        "PUT, /Encounter/1, 'GET'",
        "PATCH, /Encounter/1, 'GET'",
        "DELETE, /Encounter/1, 'GET'"
    })
    void aMethodThatTheAddressDoesNotServeIsRefusedWithThoseItDoes(Method method, String path, String allowed) {
        Response answer = as("clinician").body("{\"resourceType\":\"Patient\"}").request(method, path);

        refused(answer, 405, "not-supported");
        assertThat(answer.header("Allow").split(", ")).contains(allowed.split(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PROPFIND", "BREW"})
    void aMethodThatNobodyKnowsIsRefusedToo(String method) {
        refused(as("clinician").request(method, "/Patient/1"), 405, "not-supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Medication/1",
                "/Nonsense",
                "/patient/1",
                "/Patient/1/name",
                "/Patient/1/_history/1/2",
                "/Patient/1/_history/1/2/3"
            })
    void anAddressWithNothingAtItIsNotFound(String path) {
        outcome(as("clinician").get(path), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/index.html", "/q/health", "/q/metrics", "/fhirx/Patient/1", "/q/dev-ui"})
    void outsideOfFhirThereIsNothingOnThisPort(String path) {
        outcome(as("clinician").basePath("").get(path.isEmpty() ? "/" : path), 404);
    }

    @ParameterizedTest
    @CsvSource({
        "/fhir/Patient/%zz",
        "/fhir/Patient/%",
        "/fhir/Patient/%00",
        "/fhir/%ff",
        "/fhir/Patient/..%2f..%2fmetadata",
        "/fhir/Patient/%C3%28",
        "/fhir/Patient?family=%zz",
        "/fhir/Patient?%zz=x",
        "/fhir/Patient?family=%",
        "/fhir/Patient/{id}",
        "/fhir/<script>",
        "http://elsewhere.example/fhir/Patient/1^2"
    })
    void anAddressThatCannotBeDecodedIsRefused(String target) {
        // When
        String answer = RawRequest.get("clinician", target);

        // Then
        assertThat(answer)
                .matches("(?s)HTTP/1.1 (400|404) .*")
                .contains("X-Request-Id: ")
                .contains("\"resourceType\":\"OperationOutcome\"")
                .doesNotContain("Exception");
    }

    @Test
    void refusingHeadHasNoBody() {
        as("clinician").head("/Patient/" + newId()).then().statusCode(404).body(emptyString());
    }

    private static Response put(String id, String body) {
        return as("clinician").body(body).put("/Patient/" + id);
    }

    private static void refused(Response answer, int status, String code) {
        outcome(answer, status).body("issue[0].code", equalTo(code));
    }

    private static ValidatableResponse outcome(Response answer, int status) {
        return answer.then()
                .statusCode(status)
                .contentType("application/fhir+json")
                .header("X-Request-Id", not(emptyString()))
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.severity", everyItem(equalTo("error")))
                .body(not(containsString(PRIVATE)))
                .body(not(containsString("Exception")))
                .body(not(containsString("org.carelog")))
                .body(not(containsString("select ")));
    }

    /** A patient of exactly so many bytes. */
    private static String sized(String id, int bytes) {
        String begin = "{\"resourceType\":\"Patient\",\"id\":\"" + id + "\",\"name\":[{\"text\":\"";
        String end = "\"}]}";
        return begin + "x".repeat(bytes - begin.length() - end.length()) + end;
    }
}
