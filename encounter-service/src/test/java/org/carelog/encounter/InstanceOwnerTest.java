package org.carelog.encounter;

import static org.carelog.encounter.Resources.created;
import static org.carelog.encounter.Resources.encounterWith;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/adr: a Provenance lives with the owner of its first target */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class InstanceOwnerTest {

    @Test
    void aProvenanceOfAnEncounterIsWrittenHere() {
        // Given
        String visit = created(encounterWith("\"language\":\"en\""));

        // When
        String provenance = created(provenance("", visit));

        // Then
        as("clinician").get("/" + provenance).then().statusCode(200);
        as("clinician").delete("/" + provenance).then().statusCode(204);
    }

    @Test
    void aProvenanceOfAPatientIsRefusedWithTheNameOfItsOwner() {
        as("clinician")
                .body(provenance("", "Patient/p"))
                .post("/Provenance")
                .then()
                .statusCode(422)
                .body("issue[0].code", equalTo("business-rule"))
                .body("issue[0].diagnostics", containsString("patient-service"));
    }

    @Test
    void anEntryOfABatchThatIsTheOtherServicesNamesIt() {
        as("clinician")
                .body("""
                        {"resourceType":"Bundle","type":"batch","entry":[
                        {"resource":%s,"request":{"method":"POST","url":"Provenance"}}]}""".formatted(provenance("", "Patient/p")))
                .post("/")
                .then()
                .statusCode(200)
                .body("entry[0].response.status", startsWith("422"))
                .body("entry[0].response.extension[0].url", equalTo("urn:carelog:owner"))
                .body("entry[0].response.extension[0].valueString", equalTo("patient-service"));
    }

    @Test
    void anIdThatTheOtherServiceHasUsedIsNotUsedAgain() {
        // Given
        String visit = created(encounterWith("\"language\":\"en\""));
        String id = UUID.randomUUID().toString();
        owned("Provenance/" + id, provenance(id, "Patient/p"));

        // When, Then
        as("clinician")
                .body(provenance(id, visit))
                .put("/Provenance/" + id)
                .then()
                .statusCode(422)
                .body("issue[0].diagnostics", containsString("patient-service"));
    }

    @Test
    void whatIsNotHereYetAndIsTheOtherServicesIsNotTakenForAbsent() {
        // Given
        String id = UUID.randomUUID().toString();
        owned("Provenance/" + id, provenance(id, "Patient/p"));

        // When, Then
        as("clinician").delete("/Provenance/" + id).then().statusCode(422).header("Carelog-Owner", "patient-service");
        as("clinician")
                .contentType("application/json-patch+json")
                .body("[{\"op\":\"remove\",\"path\":\"/agent/0\"}]")
                .patch("/Provenance/" + id)
                .then()
                .statusCode(422)
                .header("Carelog-Owner", "patient-service");
        as("clinician").delete("/Provenance/" + UUID.randomUUID()).then().statusCode(204);
    }

    @Test
    void aCopyIsReadAndNotWritten() {
        // Given
        String visit = created(encounterWith("\"language\":\"en\""));
        String id = UUID.randomUUID().toString();
        owned(
                "Provenance/" + id,
                provenance(id, "Patient/p")
                        .replace(
                                "\"recorded\"",
                                "\"meta\":{\"versionId\":\"1\",\"lastUpdated\":\"2026-01-01T00:00:00.000Z\"},\"recorded\""));
        String referring = created(encounterWith(
                "\"extension\":[{\"url\":\"http://example.org/x\",\"valueReference\":{\"reference\":\"Provenance/%s\"}}]"
                        .formatted(id)));

        // When, Then
        as("clinician").get("/Provenance/" + id).then().statusCode(200).header("ETag", "W/\"1\"");
        as("clinician").delete("/" + referring).then().statusCode(204);
        as("clinician")
                .body(provenance(id, visit))
                .put("/Provenance/" + id)
                .then()
                .statusCode(422)
                .body("issue[0].diagnostics", containsString("patient-service"));
        as("clinician").delete("/Provenance/" + id).then().statusCode(422);
    }

    private static String provenance(String id, String target) {
        return """
                {"resourceType":"Provenance",%s"target":[{"reference":"%s"}],"recorded":"2026-01-01T00:00:00Z",
                "agent":[{"who":{"display":"somebody"}}]}""".formatted(id.isEmpty() ? "" : "\"id\":\"%s\",".formatted(id), target);
    }
}
