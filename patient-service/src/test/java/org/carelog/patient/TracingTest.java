package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carelog.testing.ServiceUnderTest.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.Test;

/** docs/configuration.md, Traces: what a collector gets when an operator turns them on. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
@TestProfile(OtherSettings.class)
class TracingTest {
    private static final String FAMILY = "Chalmersneedle";
    private static final String BIRTHDATE = "1936-04-01";
    private static final String OWN_ID = "mrn-needle-4711";

    @Test
    void aWritesTraceHasItsStatementsAndItsPublication() {
        // Given
        String trace = UUID.randomUUID().toString().replace("-", "");
        String id = Patients.newId();

        // When
        as("registrar")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .body(Patients.withFamily(id, FAMILY))
                .put("/Patient/" + id)
                .then()
                .statusCode(201);

        // Then
        await().untilAsserted(() -> assertThat(SpanCollector.collected())
                .contains(bytes(trace))
                .contains("insert into resource_version")
                .contains("send " + ServiceUnderTest.topic("carelog.patient.changed.v1")));
        assertThat(SpanCollector.collected()).doesNotContain(id);
    }

    @Test
    void aReadsTraceHasTheAuditEntryThatItWaitsFor() {
        // When
        as("registrar").get("/Patient/" + Patients.newId()).then().statusCode(404);

        // Then
        await().untilAsserted(() -> assertThat(SpanCollector.collected()).contains("record audit entry"));
    }

    @Test
    void aCollectorGetsSpansAndNothingOfAPatient() {
        // Given
        String patient = """
                {"resourceType":"Patient","id":"%s","name":[{"family":"%s"}],"birthDate":"%s"}
                """.formatted(OWN_ID, FAMILY, BIRTHDATE);

        // When
        as("registrar")
                .header("User-Agent", OWN_ID)
                .body(patient)
                .put("/Patient/" + OWN_ID)
                .then()
                .statusCode(201);
        as("registrar")
                .get("/Patient?family=" + FAMILY + "&birthdate=" + BIRTHDATE)
                .then()
                .statusCode(200);
        as("registrar").get("/Patient/" + OWN_ID + "/_history").then().statusCode(200);
        as("registrar").get("/Patient/" + FAMILY + "/" + BIRTHDATE).then().statusCode(404);
        as("registrar")
                .body("{\"resourceType\":\"Patient\",\"name\":\"" + FAMILY + "\"}")
                .post("/Patient")
                .then()
                .statusCode(400);

        // Then
        await().untilAsserted(
                        () -> assertThat(SpanCollector.collected()).contains("patient-service", "PUT", "GET", "POST"));
        assertThat(SpanCollector.collected()).doesNotContain(FAMILY, BIRTHDATE, OWN_ID);
        assertThat(SpanCollector.collected())
                .doesNotContain(RealPlatform.token("registrar").substring(0, 40));
    }

    private static String bytes(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
    }
}
