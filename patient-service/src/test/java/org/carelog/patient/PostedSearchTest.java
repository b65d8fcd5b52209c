package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/api/search.md: parameters in the body */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class PostedSearchTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final String family = unique("Fam");
    private final String ada = newId();

    @BeforeEach
    void twoPatients() {
        patient(ada, "Ada Zoë");
        patient(newId(), "Bo");
    }

    @Test
    void parametersOfTheBodyAndOfTheUrlAreOneSearch() {
        // When
        Response found = as("clinician")
                .contentType(FORM)
                .body("given=ada%20zo%C3%AB&_count=1&_total=accurate")
                .post("/Patient/_search?family=" + family);

        // Then
        found.then()
                .statusCode(200)
                .body("type", equalTo("searchset"))
                .body("total", equalTo(1))
                .body("entry.resource.id", contains(ada))
                .body("link.find { it.relation == 'self' }.url", containsString("family=" + family));
    }

    @Test
    void aSearchWithoutABodyIsThatOfItsUrl() {
        as("clinician")
                .noContentType()
                .post("/Patient/_search?family=" + family)
                .then()
                .statusCode(200)
                .body("entry", hasSize(2));
    }

    @Test
    void whatShapesTheAnswerMayBeInTheBody() {
        // When
        Response found = as("clinician")
                .contentType(FORM)
                .body("family=%s&_format=xml".formatted(family))
                .post("/Patient/_search");

        // Then
        assertThat(found.contentType()).startsWith("application/fhir+xml");
    }

    @Test
    void furtherPagesAreLinks() {
        // When
        String next = as("clinician")
                .contentType(FORM)
                .body("family=%s&_count=1".formatted(family))
                .post("/Patient/_search")
                .path("link.find { it.relation == 'next' }.url");

        // Then
        as("clinician")
                .get(next.replaceFirst(".*/fhir", ""))
                .then()
                .statusCode(200)
                .body("entry", hasSize(1));
    }

    @Test
    void whatIsNotKnownIsRefused() {
        as("clinician")
                .contentType(FORM)
                .body("shoesize=43")
                .post("/Patient/_search")
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("shoesize"));
        as("clinician")
                .contentType(FORM)
                .body("family=%zz")
                .post("/Patient/_search")
                .then()
                .statusCode(400);
    }

    @Test
    void aBodyThatIsNoFormIsRefused() {
        as("clinician").body("{}").post("/Patient/_search").then().statusCode(415);
    }

    @Test
    void aFormMayNotBeEndless() {
        as("clinician")
                .contentType(FORM)
                .body("family=" + "x".repeat(70_000))
                .post("/Patient/_search")
                .then()
                .statusCode(413);
    }

    @Test
    void nothingElseIsDoneThere() {
        as("clinician").get("/Patient/_search").then().statusCode(405).header("Allow", "POST");
        as("registrar")
                .body("{\"resourceType\":\"Patient\"}")
                .put("/Patient/_search")
                .then()
                .statusCode(405);
    }

    @Test
    void whoMayNotReadIsRefused() {
        as("compliance")
                .contentType(FORM)
                .body("family=" + family)
                .post("/Patient/_search")
                .then()
                .statusCode(403);
    }

    private void patient(String id, String given) {
        Patients.put(id, """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s","given":["%s"]}]}""".formatted(id, family, given));
    }
}
