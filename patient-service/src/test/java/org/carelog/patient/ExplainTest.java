package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/search.md: _explain */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ExplainTest {
    private static final String SEARCH =
            "/Patient?family=Nobody-at-all&_sort=birthdate&_total=accurate&_revinclude=Encounter:patient";

    @Test
    void anAdministratorIsToldTheStatementsWithTheirRows() {
        as("administrator")
                .get(SEARCH + "&_explain=true")
                .then()
                .statusCode(200)
                .body("total", equalTo(0))
                .body("entry", hasSize(1))
                .body("entry[0].search.mode", equalTo("outcome"))
                // those with a birth date, and those without
                .body("entry[0].resource.issue", hasSize(2))
                .body("entry[0].resource.issue.severity", everyItem(equalTo("information")))
                .body("entry[0].resource.issue.diagnostics", everyItem(containsString("actual time")));
    }

    @Test
    void othersAreNot() {
        as("clinician")
                .get(SEARCH + "&_explain=true")
                .then()
                .statusCode(403)
                .body("issue[0].diagnostics", containsString("_explain"));
    }

    @Test
    void nobodyIsToldWithoutAsking() {
        as("administrator").get(SEARCH + "&_explain=false").then().body(not(containsString("actual time")));
    }
}
