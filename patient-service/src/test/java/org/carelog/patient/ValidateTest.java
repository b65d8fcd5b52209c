package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/operation-validate.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ValidateTest {
    private static final String FAULTY = """
            {"resourceType":"Patient","gender":"%s","birthDate":"1990-13-01","nickname":"%s"}""".formatted(PRIVATE, PRIVATE);

    @Test
    void aSoundResourceHasNoFaultsAndIsNotStored() {
        // Given
        String mrn = unique("valid");

        // When
        Response answer = as("clinician").body(withIdentifier(mrn)).post("/Patient/$validate");

        // Then
        answer.then()
                .statusCode(200)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue.severity", everyItem(equalTo("information")));
        as("clinician").get("/Patient?_total=accurate&identifier=" + mrn).then().body("total", equalTo(0));
    }

    @Test
    void everyFaultIsToldByItsPlace() {
        as("clinician")
                .body(FAULTY)
                .post("/Patient/$validate")
                .then()
                .statusCode(200)
                .body(
                        "issue.findAll { it.severity == 'error' }.expression.flatten()",
                        hasItems("Patient.gender", "Patient.birthDate", "Patient.nickname"));
    }

    @Test
    void aResourceThatIsThereIsJudgedAsItIsStored() {
        // Given
        String id = created("""
                {"resourceType":"Patient","contact":[{"gender":"male"}]}""");

        // When
        Response got = as("clinician").get("/Patient/" + id + "/$validate");
        Response byMode = as("clinician").get("/Patient/" + id + "/$validate?mode=profile");

        // Then
        got.then().statusCode(200).body("issue[0].expression[0]", equalTo("Patient.contact[0]"));
        byMode.then().statusCode(200).body("issue[0].expression[0]", equalTo("Patient.contact[0]"));
        JsonNode entry = AuditEntries.of(got.header("X-Request-Id")).getFirst();
        assertThat(entry.at("/entities/0/id").asText()).isEqualTo(id);
    }

    @Test
    void whatIsNotThereCannotBeJudged() {
        as("clinician").get("/Patient/" + newId() + "/$validate").then().statusCode(404);
    }

    @Test
    void aCreationsReferencesCountWhenACreationIsMeant() {
        // Given
        String consent = """
                {"resourceType":"Consent","status":"active","scope":{"text":"a"},"category":[{"text":"a"}],
                "patient":{"reference":"Patient/%s"},"policyRule":{"text":"a"}}""".formatted(newId());

        // When
        Response content = as("clinician").body(consent).post("/Consent/$validate");
        Response creation = as("clinician").body(parameters("create", consent)).post("/Consent/$validate");

        // Then
        content.then().statusCode(200).body("issue.severity", not(hasItem("error")));
        creation.then()
                .statusCode(200)
                .body("issue.findAll { it.severity == 'error' }.code", equalTo(List.of("not-found")))
                .body("issue.find { it.severity == 'error' }.expression", equalTo(List.of("Consent.patient")));
    }

    @Test
    void anUpdateIsOfTheIdInTheAddress() {
        // Given
        String id = newId();

        // When
        Response own = as("clinician").body(withFamily(id, "Sample")).post("/Patient/" + id + "/$validate?mode=update");
        Response other =
                as("clinician").body(withFamily(newId(), "Sample")).post("/Patient/" + id + "/$validate?mode=update");

        // Then
        own.then().statusCode(200).body("issue.severity", not(hasItem("error")));
        other.then().statusCode(200).body("issue.severity", hasItem("error"));
        as("clinician").get("/Patient/" + id).then().statusCode(404);
    }

    @Test
    void aDeletionIsTriedAndNotDone() {
        // Given
        String free = created("{\"resourceType\":\"Patient\"}");
        String linked = created("{\"resourceType\":\"Patient\"}");
        String link = created("""
                {"resourceType":"Patient","link":[{"other":{"reference":"Patient/%s"},"type":"seealso"}]}""".formatted(linked));

        // When
        Response allowed = as("registrar").get("/Patient/" + free + "/$validate?mode=delete");
        Response refused = as("registrar").get("/Patient/" + linked + "/$validate?mode=delete");

        // Then
        allowed.then().statusCode(200).body("issue.severity", equalTo(List.of("information")));
        refused.then()
                .statusCode(200)
                .body("issue.severity", equalTo(List.of("error")))
                .body("issue[0].diagnostics", containsString(link));
        as("clinician").get("/Patient/" + free).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            /Patient/$validate                     ; {                             ; 400
            /Patient/$validate                     ; {"resourceType":"Consent"}    ; 400
            /Patient/$validate                     ; {"resourceType":"Parameters"} ; 400
            /Patient/$validate?mode=sideways       ; {"resourceType":"Patient"}    ; 400
            /Patient/$validate?mode=update         ; {"resourceType":"Patient"}    ; 400
            /Patient/$validate?mode=profile        ; {"resourceType":"Patient"}    ; 400
            /Patient/x/$validate?mode=create       ; {"resourceType":"Patient"}    ; 400
            /Patient/$validate?depth=1             ; {"resourceType":"Patient"}    ; 400
            /Patient/$validate?profile=urn:nothing ; {"resourceType":"Patient"}    ; 400
            /$validate                             ; {"resourceType":"Patient"}    ; 400
            """)
    void whatIsNoQuestionIsRefused(String address, String body, int status) {
        as("clinician")
                .body(body)
                .post(address)
                .then()
                .statusCode(status)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void whatIsTooLargeIsRefused() {
        as("clinician")
                .body("{\"resourceType\":\"Patient\",\"language\":\"%s\"}".formatted("x".repeat(300 * 1024)))
                .post("/Patient/$validate")
                .then()
                .statusCode(413);
    }

    @Test
    void aWriteIsForThoseWhoMayWrite() {
        // Given
        String body = "{\"resourceType\":\"Patient\"}";

        // When, Then
        as("patient").body(body).post("/Patient/$validate").then().statusCode(200);
        as("patient").body(body).post("/Patient/$validate?mode=create").then().statusCode(403);
        as("compliance").body(body).post("/Patient/$validate").then().statusCode(403);
    }

    @Test
    void xmlIsValidatedAndAnswered() {
        as("clinician")
                .contentType("application/fhir+xml")
                .accept("application/fhir+xml")
                .body("<Patient xmlns=\"http://hl7.org/fhir\"><contact><gender value=\"male\"/></contact></Patient>")
                .post("/Patient/$validate")
                .then()
                .statusCode(200)
                .contentType(containsString("application/fhir+xml"))
                .body("OperationOutcome.issue[0].expression.@value", equalTo("Patient.contact[0]"));
    }

    @Test
    void nothingOfTheResourceIsLogged() {
        // Given
        String coded = """
                {"resourceType":"Patient","maritalStatus":{"coding":[{"system":"http://example.org/%s","code":"%s"}]},
                "extension":[{"url":"http://example.org/%s","valueString":"%s"}],"meta":{"profile":["http://example.org/%s"]},
                "identifier":[{"system":"%s|%s|","value":"a"}]}""".replace("%s", PRIVATE);

        // When
        List<String> logged = LoggedLines.during(() -> {
            as("clinician").body(FAULTY).post("/Patient/$validate").then().statusCode(200);
            as("clinician").body(coded).post("/Patient/$validate").then().statusCode(200);
        });

        // Then
        assertThat(logged).noneMatch(line -> line.contains(PRIVATE));
    }

    @Test
    void theStatementListsItForEveryType() {
        as("clinician")
                .get("/metadata")
                .then()
                .body("rest[0].resource.findAll { !it.operation.name.contains('validate') }", hasSize(0))
                .body(
                        "rest[0].resource[0].operation.find { it.name == 'validate' }.definition",
                        equalTo("http://hl7.org/fhir/OperationDefinition/Resource-validate"));
    }

    private static String parameters(String mode, String resource) {
        return """
                {"resourceType":"Parameters","parameter":[{"name":"mode","valueCode":"%s"},
                {"name":"resource","resource":%s}]}""".formatted(mode, resource);
    }
}
