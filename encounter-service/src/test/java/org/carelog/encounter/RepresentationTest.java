package org.carelog.encounter;

import static io.restassured.http.ContentType.TEXT;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class RepresentationTest {
    private static final String XML = "application/fhir+xml";
    private static final String ENCOUNTER = """
            {"resourceType":"Encounter","identifier":[{"system":"urn:t","value":"%s"}],"status":"planned","class":{"code":"AMB"},\
            "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\">seen</div>"}}""";

    @Test
    void whatComesAsXmlIsReadAsJsonAndAsXml() {
        // Given
        String id = UUID.randomUUID().toString();

        // When
        xml("clinician")
                .body("""
                        <Encounter xmlns="http://hl7.org/fhir"><id value="%s"/><status value="planned"/>\
                        <class><code value="AMB"/></class></Encounter>""".formatted(id))
                .put("/Encounter/" + id)
                .then()
                .statusCode(201)
                .contentType(startsWith(XML))
                .body("Encounter.status.@value", equalTo("planned"));

        // Then
        as("clinician").get("/Encounter/" + id).then().statusCode(200).body("status", equalTo("planned"));
        xml("clinician")
                .get("/Encounter/" + id)
                .then()
                .statusCode(200)
                .contentType(startsWith(XML))
                .body("Encounter.meta.versionId.@value", equalTo("1"));
    }

    @Test
    void aRefusalIsXmlForWhoWantsXml() {
        xml("clinician")
                .get("/Encounter/nowhere")
                .then()
                .statusCode(404)
                .contentType(startsWith(XML))
                .body("OperationOutcome.issue.code.@value", equalTo("not-found"));
    }

    @Test
    void aDocumentTypeIsRefused() {
        xml("clinician")
                .body("<!DOCTYPE Encounter SYSTEM \"file:///etc/hostname\"><Encounter xmlns=\"http://hl7.org/fhir\"/>")
                .post("/Encounter")
                .then()
                .statusCode(400)
                .body("OperationOutcome.issue.code.@value", equalTo("structure"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/fhir+xml|application/fhir+xml",
                "application/xml;q=0.9, application/fhir+json|application/fhir+json",
                "text/html, application/xml;q=0.9, */*;q=0.8|application/fhir+xml",
                "application/fhir+json;q=0, */*|application/fhir+xml",
                "*/*|application/fhir+json"
            })
    void theFormatIsTheOneThatTheClientWeighsMost(String accept, String answered) {
        as("clinician").accept(accept).get("/metadata").then().statusCode(200).contentType(startsWith(answered));
    }

    @Test
    void theFormatParameterGoesBeforeTheHeader() {
        as("clinician")
                .queryParam("_format", "xml")
                .get("/metadata")
                .then()
                .statusCode(200)
                .contentType(startsWith(XML));
    }

    @Test
    void aFormatThatIsNotServedIsRefusedInJson() {
        as("clinician")
                .accept("text/turtle")
                .get("/metadata")
                .then()
                .statusCode(406)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void aSearchIsShapedAsAskedAndSaysSoInItsLinks() {
        // Given
        String value = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            as("clinician")
                    .body(ENCOUNTER.formatted(value))
                    .post("/Encounter")
                    .then()
                    .statusCode(201);
        }

        // When
        String next = as("clinician")
                .queryParam("identifier", value)
                .queryParam("_elements", "status")
                .queryParam("_count", 1)
                .get("/Encounter")
                .then()
                .statusCode(200)
                .body("entry[0].resource.meta.tag[0].code", equalTo("SUBSETTED"))
                .body("link.find { it.relation == 'self' }.url", containsString("_elements=status"))
                .body(not(containsString("seen")))
                .extract()
                .path("link.find { it.relation == 'next' }.url");

        // Then
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/" + next.replaceFirst(".*/fhir/", ""))
                .then()
                .statusCode(200)
                .body("entry[0].resource.meta.tag[0].code", equalTo("SUBSETTED"))
                .body(not(containsString("seen")));
    }

    @Test
    void aHistoryKeepsItsFormFromPageToPage() {
        // Given
        String id = as("clinician")
                .body(ENCOUNTER.formatted("x"))
                .post("/Encounter")
                .path("id");
        as("clinician")
                .body(ENCOUNTER.formatted("y").replaceFirst("\\{", "{\"id\":\"%s\",".formatted(id)))
                .put("/Encounter/" + id);

        // When
        String next = as("clinician")
                .get("/Encounter/" + id + "/_history?_count=1&_elements=status&_pretty=true")
                .then()
                .statusCode(200)
                .body(not(containsString("seen")))
                .extract()
                .path("link.find { it.relation == 'next' }.url");

        // Then
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/" + next.replaceFirst(".*/fhir/", ""))
                .then()
                .statusCode(200)
                .body("entry[0].resource.status", equalTo("planned"))
                .body("entry[0].resource.meta.tag[0].code", equalTo("SUBSETTED"))
                .body(containsString("\n"))
                .body(not(containsString("seen")));
    }

    @Test
    void aSummaryOfAReadLeavesTheNarrativeOut() {
        // Given
        String id = as("clinician")
                .body(ENCOUNTER.formatted("x"))
                .post("/Encounter")
                .path("id");

        // When, Then
        as("clinician")
                .queryParam("_summary", "data")
                .get("/Encounter/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("planned"))
                .body(not(containsString("seen")));
    }

    @ParameterizedTest
    @CsvSource({"_summary,some", "_elements,a b", "_pretty,maybe"})
    void aFormThatIsNotKnownIsRefused(String name, String value) {
        as("clinician")
                .queryParam(name, value)
                .get("/metadata")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString(name));
    }

    private static RequestSpecification xml(String user) {
        return as(user).config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(XML, TEXT)))
                .contentType(XML)
                .accept(XML);
    }
}
