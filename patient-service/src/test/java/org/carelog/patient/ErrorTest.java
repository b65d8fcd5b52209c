package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a JVM throws that is no exception fails a request as an exception does. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ErrorTest {

    /** Throws once, where the next request needs the database. */
    @Singleton
    static final class Failing implements AgroalPoolInterceptor {
        private static final AtomicReference<Error> NEXT = new AtomicReference<>();

        @Override
        public void onConnectionAcquire(Connection connection) {
            if (Thread.currentThread().isVirtual() && NEXT.get() != null) {
                throw NEXT.getAndSet(null);
            }
        }
    }

    static Stream<Error> errors() {
        return Stream.of(new OutOfMemoryError(PRIVATE), new NoClassDefFoundError(PRIVATE), new AssertionError(PRIVATE));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aWriteThatMeetsAnErrorIsAnsweredAndRecordedAndNotMade(Error error) {
        // Given
        String id = newId();
        Failing.NEXT.set(error);

        // When
        Response answer = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // Then
        isAnsweredAndRecorded(answer);
        as("clinician").get("/Patient/" + id).then().statusCode(404);
        as("clinician")
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id)
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aReadThatMeetsAnErrorIsAnsweredAndRecorded(Error error) {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Failing.NEXT.set(error);

        // When
        Response answer = as("clinician").get("/Patient/" + id);

        // Then
        isAnsweredAndRecorded(answer);
        as("clinician").get("/Patient/" + id).then().statusCode(200);
    }

    private static void isAnsweredAndRecorded(Response answer) {
        answer.then()
                .statusCode(500)
                .contentType("application/fhir+json")
                .body("resourceType", equalTo("OperationOutcome"))
                .body(not(containsString(PRIVATE)));
        assertThat(AuditEntries.of(answer.header("X-Request-Id")))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("status").asInt()).isEqualTo(500));
    }
}
