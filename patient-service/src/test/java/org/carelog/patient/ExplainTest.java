package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/search.md: _explain */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ExplainTest {
    private static final String SEARCH =
            "/Patient?family=Nobody-at-all&_sort=birthdate&_total=accurate&_revinclude=Encounter:patient";
    private static final int CROWD = 20_000;

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

    /** The limit of a page made a walk over all of them look cheap to the planner, from some thousands on. */
    @Test
    void whatIsRareIsLookedUpHoweverManyOthersThereAre() {
        // Given
        asOwner("""
                with head as (
                    insert into resource (resource_type, resource_id, version_id, last_updated, is_deleted, patient_id)
                    select 'Patient', 'crowd-' || n, 1, now(), false, 'crowd-' || n from generate_series(1, %d) n
                    returning resource_key)
                insert into resource_token (resource_key, tokens, codes)
                select resource_key, array(
                    select generate_series(1, 40) union all select 1000 * resource_key + generate_series(1, 10)), '{}'
                from head""".formatted(CROWD));
        try {
            String value = UUID.randomUUID().toString();
            as("registrar").body("""
                    {"resourceType": "Patient", "identifier": [{"system": "urn:example:rare", "value": "%s"}]}""".formatted(value)).post("/Patient").then().statusCode(201);
            asOwner("analyze resource, resource_token");

            // When
            String plan = as("administrator")
                    .queryParam("identifier", "urn:example:rare|" + value)
                    .get("/Patient?_explain=true")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("entry[1].resource.issue[0].diagnostics");

            // Then
            assertThat(Pattern.compile("actual time=\\S+ rows=(\\d+)")
                            .matcher(plan)
                            .results()
                            .map(rows -> Integer.valueOf(rows.group(1))))
                    .as(plan)
                    .isNotEmpty()
                    .allMatch(rows -> rows < CROWD / 4);
        } finally {
            asOwner("""
                    delete from resource_token where resource_key in (
                        select resource_key from resource where resource_id like 'crowd-%')""");
            asOwner("delete from resource where resource_id like 'crowd-%'");
            asOwner("analyze resource, resource_token");
        }
    }
}
