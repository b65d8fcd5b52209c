package org.carelog.patient;

import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.ownersDataSource;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/search.md: a search that takes too long. The names of patients are locked, so whatever needs them takes for ever. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@QuarkusTestResource(ServiceResource.class)
class TooCostlySearchTest {
    private Connection owner;

    @BeforeEach
    void lockNames() throws SQLException {
        owner = ownersDataSource().getConnection();
        owner.setAutoCommit(false);
        try (Statement lock = owner.createStatement()) {
            lock.execute("lock table resource_string in access exclusive mode");
        }
    }

    @AfterEach
    void unlockNames() throws SQLException {
        owner.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            family=Xanthippe;                                       a patient
            family:contains=Xanthippe;                              family:contains
            general-practitioner:Practitioner.name=Xanthippe;       general-practitioner:Practitioner.name
            family=Xanthippe&_summary=count;                        _summary=count
            family=Xanthippe&_sort=birthdate;                       _sort
            family=Xanthippe&_revinclude=Encounter:patient;         _count
            """)
    void aSearchThatTakesTooLongIsRefusedAndToldWhatToNarrow(String query, String advice) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient?" + query)
                .then()
                .statusCode(422)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("too-costly"))
                .body(
                        "issue[0].diagnostics",
                        allOf(containsString("2000 ms"), containsString(advice), not(containsString("Xanthippe"))));
    }

    @Test
    void aConditionIsASearchToo() {
        // When, Then
        as("clinician")
                .header("If-None-Exist", "family=Xanthippe")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(422)
                .body("issue[0].code", equalTo("too-costly"));
    }

    @Test
    void othersDoNotNotice() throws SQLException {
        // Given
        for (String query : List.of("family=a", "family=b", "family=c")) {
            as("clinician").get("/Patient?" + query).then().statusCode(422);
        }

        // When, Then
        as("clinician").get("/Patient?gender=female").then().statusCode(200);
        owner.rollback();
        as("clinician").get("/Patient?family=a").then().statusCode(200);
    }
}
