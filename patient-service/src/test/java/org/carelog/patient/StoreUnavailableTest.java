package org.carelog.patient;

import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.asOwner;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that goes away is one that comes back: 503, and the client may ask again. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class StoreUnavailableTest {

    @AfterEach
    void letCommitsGoThrough() {
        asOwner("drop function if exists end_session cascade");
    }

    @Test
    void aWriteWhoseCommitTheDatabaseDoesNotAnswerIsUnavailable() {
        // Given
        String id = newId();
        asOwner("""
                create function end_session() returns trigger language plpgsql as
                $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
                """);
        asOwner("""
                create constraint trigger end_session after insert on resource_version
                deferrable initially deferred for each row execute function end_session()
                """);

        // When
        var answer = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // Then
        answer.then().statusCode(503).header("Retry-After", "1").body("issue[0].code", equalTo("transient"));
    }
}
