package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api/read.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReadTest {

    private static final String LONG_AGO = "Mon, 01 Jan 2001 00:00:00 GMT";
    private static final String FAR_AHEAD = "Fri, 01 Jan 2100 00:00:00 GMT";

    @Test
    void theCurrentVersionComesByteForByteAsTheWriteAnsweredIt() {
        // Given
        String id = newId();
        Response written = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);

        // When
        Response read = as("clinician").get("/Patient/" + id);

        // Then
        read.then()
                .statusCode(200)
                .contentType("application/fhir+json")
                .header("ETag", "W/\"1\"")
                .header("Last-Modified", written.header("Last-Modified"));
        assertThat(read.asByteArray()).isEqualTo(written.asByteArray());
    }

    @Test
    void whatIsAnsweredIsNotKept() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        long before = requestsInMemory();

        // When
        for (int i = 0; i < 100; i++) {
            as("clinician").get("/Patient/" + id).then().statusCode(200);
        }

        // Then
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(requestsInMemory() - before).isLessThan(50));
    }

    /** After a garbage collection. */
    private static long requestsInMemory() {
        try {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .filter(line -> line.matches(".*\\.Http1xServerRequest( .*)?"))
                    .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[1]))
                    .sum();
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void headersAloneAreGivenToHead() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        as("clinician")
                .head("/Patient/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .body(emptyString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"1\"", "\"1\"", "W/\"7\", W/\"1\"", "*"})
    void aClientThatHasTheVersionIsToldSoWithoutABody(String tags) {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        as("clinician")
                .header("If-None-Match", tags)
                .get("/Patient/" + id)
                .then()
                .statusCode(304)
                .header("ETag", "W/\"1\"")
                .body(emptyString());
    }

    @Test
    void aClientThatHasAnotherVersionGetsTheCurrentOne() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.put(id, withFamily(id, "Example"));

        // When, Then
        as("clinician")
                .header("If-None-Match", "W/\"1\"")
                .get("/Patient/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"2\"")
                .body("name[0].family", equalTo("Example"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {LONG_AGO + "|200", FAR_AHEAD + "|304", "yesterday|200", "2100-01-01T00:00:00Z|200"})
    void ifModifiedSinceDecidesWhereItIsAnHttpDate(String since, int status) {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        as("clinician")
                .header("If-Modified-Since", since)
                .get("/Patient/" + id)
                .then()
                .statusCode(status);
    }

    @Test
    void theTimeThatWasAnsweredIsOneToAskWith() {
        // Given
        String id = newId();
        String time = as("clinician")
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id)
                .header("Last-Modified");

        // When, Then
        as("clinician")
                .header("If-Modified-Since", time)
                .get("/Patient/" + id)
                .then()
                .statusCode(304);
    }

    @Test
    void ifNoneMatchDecidesAloneWhereBothAreGiven() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When, Then
        as("clinician")
                .header("If-None-Match", "W/\"7\"")
                .header("If-Modified-Since", FAR_AHEAD)
                .get("/Patient/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void aDeletedPatientIsGoneAndTheAnswerNamesTheDeletion() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));
        Patients.delete(id);

        // When, Then
        as("clinician")
                .get("/Patient/" + id)
                .then()
                .statusCode(410)
                .header("ETag", "W/\"2\"")
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("deleted"));
    }

    @Test
    void whatNeverWasIsNotFound() {
        as("clinician")
                .get("/Patient/" + newId())
                .then()
                .statusCode(404)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].code", equalTo("not-found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a_b", "%C3%A4", "a%20b", "0123456789012345678901234567890123456789012345678901234567890123X"})
    void whatIsNoIdIsRefused(String id) {
        as("clinician")
                .urlEncodingEnabled(false)
                .get("/Patient/" + id)
                .then()
                .statusCode(400)
                .body("issue[0].code", equalTo("value"));
    }
}
