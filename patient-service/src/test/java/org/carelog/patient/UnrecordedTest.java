package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/adr/0037: a benchmark has recording stopped for a while, where that is possible, and the journal says so. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@QuarkusTestResource(ServiceResource.class)
class UnrecordedTest {
    static final String DIRECTORY = "target/unrecorded";

    private static final Path STOP = Path.of(DIRECTORY, "patient-service.unrecorded");

    @TestHTTPResource(value = "/health/well", management = true)
    URL wellness;

    @BeforeEach
    void theDirectoryIsThere() throws IOException {
        Files.createDirectories(STOP.getParent());
    }

    @AfterEach
    void everythingIsRecordedAgain() throws IOException {
        Files.deleteIfExists(STOP);
        await().until(() -> !isStopped());
        assertThat(told()).contains("recording-resumed");
    }

    @Test
    void whatIsAskedMeanwhileIsDoneAndInNoEntry() throws Exception {
        // Given
        String before = Patients.created("{\"resourceType\":\"Patient\"}");
        Files.createFile(STOP);
        await().until(this::isStopped);
        List<String> entries = told();
        assertThat(entries).contains("create", "recording-stopped");

        // When
        String written = Patients.created("{\"resourceType\":\"Patient\"}");
        as("clinician").get("/Patient/" + written).then().statusCode(200);
        as("clinician").get("/Patient/" + before).then().statusCode(200);
        as("clinician").get("/Patient/nobody").then().statusCode(404);

        // Then
        assertThat(told()).isEqualTo(entries);
        assertThat(RestAssured.get(wellness).statusCode()).isEqualTo(503);
    }

    private boolean isStopped() {
        return RestAssured.get(wellness).jsonPath().getBoolean("checks.find{it.name=='audit recording'}.data.stopped");
    }

    /** The operations, or else interactions, of all entries in their order. */
    private static List<String> told() {
        return AuditEntries.all().stream()
                .map(entry ->
                        entry.path("operation").asText(entry.path("interaction").asText()))
                .toList();
    }
}
