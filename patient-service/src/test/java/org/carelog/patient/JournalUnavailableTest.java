package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.anonymously;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.awaitility.Awaitility;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be recorded is not answered: 503, and not a byte of the record. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class JournalUnavailableTest {

    @AfterEach
    void letTheJournalBeWritten() {
        asOwner("grant insert on audit_entry to " + ServiceUnderTest.runtimeRole());
        Awaitility.await().until(() -> as("clinician").get("/metadata").statusCode(), status -> status == 200);
    }

    @Test
    void noWayToReadAnswersWithPatientData() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, PRIVATE));

        // When
        letTheJournalNotBeWritten();

        // Then
        unavailable(as("clinician").get("/Patient/" + id));
        unavailable(as("clinician").get("/Patient/" + id + "/_history/1"));
        unavailable(as("clinician").get("/Patient/" + id + "/_history"));
        unavailable(as("clinician").get("/Patient?family=" + PRIVATE));
        unavailable(as("clinician").header("If-None-Match", "W/\"1\"").get("/Patient/" + id));
    }

    @Test
    void refusalsAreNotAnsweredEither() {
        // When
        letTheJournalNotBeWritten();

        // Then
        unavailable(as("clinician").get("/Patient/" + newId()));
        unavailable(as("compliance").get("/Patient"));
        unavailable(anonymously().get("/Patient"));
        unavailable(as("clinician").get("/Nonsense"));
    }

    @Test
    void noWriteHappens() {
        // Given
        String standing = newId();
        Patients.put(standing, withFamily(standing, "Sample"));
        String fresh = newId();
        String family = unique(PRIVATE);

        // When
        letTheJournalNotBeWritten();

        // Then
        unavailable(as("clinician").body(withFamily(fresh, family)).put("/Patient/" + fresh));
        unavailable(as("clinician").body(withFamily(standing, family)).put("/Patient/" + standing));
        unavailable(as("clinician").body(withFamily(standing, "Sample")).put("/Patient/" + standing));
        unavailable(as("clinician").body(withFamily("x", family)).post("/Patient"));
        unavailable(as("registrar").delete("/Patient/" + standing));
        letTheJournalBeWritten();
        as("clinician").get("/Patient/" + fresh).then().statusCode(404);
        as("clinician").get("/Patient/" + standing).then().statusCode(200).header("ETag", "W/\"1\"");
        as("clinician").get("/Patient?_count=0&family=" + family).then().body("total", equalTo(0));
    }

    @Test
    void aJournalThatMayNotGrowAnswersNothingUntilItIsSent() throws SQLException {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, PRIVATE));
        String fresh = newId();
        Awaitility.await().until(JournalUnavailableTest::isAnythingShipped);
        try (Connection owner = ServiceUnderTest.ownersDataSource().getConnection();
                Statement shipper = owner.createStatement()) {
            owner.setAutoCommit(false);
            shipper.execute("select from audit_shipped for update");

            // When
            as("clinician").get("/Patient/" + id).then().statusCode(200);
            asOwner("""
                    update audit_seal set total_bytes = total_bytes - (3::bigint << 30)
                    where first_seq < (select next_seq from audit_shipped)""");
            Awaitility.await().until(() -> as("clinician").get("/metadata").statusCode(), status -> status == 503);

            // Then
            unavailable(as("clinician").get("/Patient/" + id));
            unavailable(anonymously().get("/Patient"));
            unavailable(as("clinician").body(withFamily(fresh, PRIVATE)).put("/Patient/" + fresh));
            as("clinician").get("/Patient/" + id).then().body("issue[0].diagnostics", containsString("full"));
        }
        Awaitility.await().until(() -> as("clinician").get("/Patient/" + id).statusCode(), status -> status == 200);
        as("clinician").get("/Patient/" + fresh).then().statusCode(404);
    }

    private static boolean isAnythingShipped() throws SQLException {
        try (Connection service = ServiceUnderTest.runtimeConnection();
                Statement sql = service.createStatement();
                ResultSet row = sql.executeQuery(
                        "select exists (select from audit_seal where first_seq < (select next_seq from audit_shipped))")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void letTheJournalNotBeWritten() {
        asOwner("revoke insert on audit_entry from " + ServiceUnderTest.runtimeRole());
    }

    private static void unavailable(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType("application/fhir+json")
                .header("Retry-After", "1")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("transient"))
                .body("issue[0].diagnostics", containsString("journal"))
                .body(not(containsString(PRIVATE)));
        assertThat(answer.header("ETag")).isNull();
        assertThat(answer.header("Location")).isNull();
    }
}
