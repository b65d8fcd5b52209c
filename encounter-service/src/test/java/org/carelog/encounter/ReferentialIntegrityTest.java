package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.Resources.created;
import static org.carelog.encounter.Resources.encounterWith;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;

/** docs/api/delete.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class ReferentialIntegrityTest {
    private static final String PRACTITIONER = "{\"resourceType\":\"Practitioner\"}";

    @Test
    void whatIsReferredToStaysUntilNothingRefersToIt() {
        // Given
        String practitioner = created(PRACTITIONER);
        String encounter = created(
                encounterWith("\"participant\":[{\"individual\":{\"reference\":\"%s\"}}]".formatted(practitioner)));

        // When
        Response refused = as("registrar").delete("/" + practitioner);
        as("clinician").delete("/" + encounter).then().statusCode(204);
        Response taken = as("registrar").delete("/" + practitioner);

        // Then
        refused.then()
                .statusCode(409)
                .body("issue", hasSize(1))
                .body("issue[0].code", equalTo("conflict"))
                .body("issue[0].diagnostics", containsString(encounter));
        taken.then().statusCode(204);
    }

    @Test
    void aReferenceThatNoParameterIsAboutCountsToo() {
        // Given
        String practitioner = created(PRACTITIONER);
        String encounter = created(encounterWith(
                "\"extension\":[{\"url\":\"http://example.org/x\",\"valueReference\":{\"reference\":\"%s/_history/1\"}}]"
                        .formatted(practitioner)));

        // When, Then
        as("registrar")
                .delete("/" + practitioner)
                .then()
                .statusCode(409)
                .body("issue[0].diagnostics", containsString(encounter));
    }

    @Test
    void aProvenanceOutlivesWhatItIsAbout() {
        // Given
        String practitioner = created(PRACTITIONER);
        String encounter = created(encounterWith("\"language\":\"en\""));
        String provenance = created("""
                {"resourceType":"Provenance","target":[{"reference":"%s"}],"recorded":"2026-01-01T00:00:00Z",
                "agent":[{"who":{"reference":"%s"}}]}""".formatted(encounter, practitioner));

        // When
        Response target = as("clinician").delete("/" + encounter);
        Response agent = as("registrar").delete("/" + practitioner);

        // Then
        target.then().statusCode(204);
        agent.then().statusCode(409).body("issue[0].diagnostics", containsString(provenance));
        as("clinician").get("/" + provenance).then().statusCode(200);
    }

    @Test
    void aReferenceThatIsGoneFromTheCurrentVersionDoesNotCount() {
        // Given
        String practitioner = created(PRACTITIONER);
        String encounter = created(
                encounterWith("\"participant\":[{\"individual\":{\"reference\":\"%s\"}}]".formatted(practitioner)));
        as("clinician")
                .body(encounterWith("\"id\":\"%s\"".formatted(encounter.substring("Encounter/".length()))))
                .put("/" + encounter)
                .then()
                .statusCode(200);

        // When, Then
        as("registrar").delete("/" + practitioner).then().statusCode(204);
    }

    @Test
    void whatRefersToItselfMayGo() {
        // Given
        String id = UUID.randomUUID().toString();
        as("clinician")
                .body(encounterWith("\"id\":\"%1$s\",\"partOf\":{\"reference\":\"Encounter/%1$s\"}".formatted(id)))
                .put("/Encounter/" + id)
                .then()
                .statusCode(201);

        // When, Then
        as("clinician").delete("/Encounter/" + id).then().statusCode(204);
    }

    @Test
    void aFewOfManyReferrersAreNamed() {
        // Given
        String practitioner = created(PRACTITIONER);
        for (int i = 0; i < 7; i++) {
            created(encounterWith("\"participant\":[{\"individual\":{\"reference\":\"%s\"}}]".formatted(practitioner)));
        }

        // When
        String diagnostics = as("registrar").delete("/" + practitioner).path("issue[0].diagnostics");

        // Then
        assertThat(diagnostics.split("Encounter/", -1)).hasSize(6);
    }

    @Test
    void whatAnotherServiceRefersToStays() {
        // Given
        String encounter = created(encounterWith("\"language\":\"en\""));
        String consent = "Consent/" + UUID.randomUUID();
        owned(consent, "{\"resourceType\":\"Consent\",\"x\":{\"reference\":\"%s\"}}".formatted(encounter));

        // When, Then
        as("clinician")
                .delete("/" + encounter)
                .then()
                .statusCode(409)
                .body("issue[0].diagnostics", containsString(consent));
    }

    @Test
    void ofAReferenceAndADeletionAtOnceOnlyOneSucceeds() throws Exception {
        int deleted = 0;
        for (int round = 0; round < 40; round++) {
            // Given
            String practitioner = created(PRACTITIONER);
            String encounter =
                    encounterWith("\"participant\":[{\"individual\":{\"reference\":\"%s\"}}]".formatted(practitioner));
            AtomicInteger turn = new AtomicInteger();

            // When
            List<Response> answers = Parallel.times(
                    4,
                    () -> turn.getAndIncrement() == 1
                            ? as("registrar").delete("/" + practitioner)
                            : as("clinician").body(encounter).post("/Encounter"));

            // Then
            List<Integer> statuses = answers.stream().map(Response::statusCode).toList();
            assertThat(statuses).isSubsetOf(201, 204, 409, 422);
            assertThat(statuses.contains(201) && statuses.contains(204)).isFalse();
            deleted += statuses.contains(204) ? 1 : 0;
        }
        assertThat(deleted)
                .describedAs("rounds in which the deletion was first")
                .isBetween(0, 40);
    }

    @Test
    void aTransactionMayDeleteWhatRefersTogetherWithItsTarget() {
        // Given
        String visit = created(encounterWith("\"language\":\"en\""));
        String part = created(encounterWith("\"partOf\":{\"reference\":\"%s\"}".formatted(visit)));

        // When
        Response answer = transaction(delete(visit), delete(part));

        // Then
        answer.then().statusCode(200);
        as("clinician").get("/" + visit).then().statusCode(410);
    }

    @Test
    void aTransactionMayNotDeleteWhatOthersReferTo() {
        // Given
        String visit = created(encounterWith("\"language\":\"en\""));
        String part = created(encounterWith("\"partOf\":{\"reference\":\"%s\"}".formatted(visit)));
        String other = created(encounterWith("\"language\":\"en\""));

        // When
        Response answer = transaction(delete(other), delete(visit));

        // Then
        answer.then().statusCode(409).body("issue[0].diagnostics", containsString(part));
        as("clinician").get("/" + other).then().statusCode(200);
    }

    @Test
    void whoRefersIsToldToOtherServicesOnly() {
        // Given
        String visit = created(encounterWith("\"language\":\"en\""));
        String part = created(encounterWith("\"partOf\":{\"reference\":\"%s\"}".formatted(visit)));

        // When, Then
        as("patient-service")
                .queryParam("target", visit)
                .get("/$referrers")
                .then()
                .statusCode(200)
                .body("parameter.valueReference.reference", equalTo(List.of(part)));
        as("clinician").queryParam("target", visit).get("/$referrers").then().statusCode(403);
        as("patient-service").get("/$referrers").then().statusCode(400);
        as("patient-service").post("/$referrers").then().statusCode(405);
    }

    @Test
    void anotherServiceIsToldWhatIsNotHereAndNobodyElse() {
        // Given
        String there = created(PRACTITIONER);
        String gone = created(PRACTITIONER);
        as("registrar").delete("/" + gone).then().statusCode(204);
        String asked = """
                {"resourceType":"Parameters","parameter":[
                {"name":"reference","valueReference":{"reference":"%s"}},
                {"name":"reference","valueReference":{"reference":"%s"}},
                {"name":"reference","valueReference":{"reference":"Practitioner/never"}}]}""".formatted(there, gone);

        // When, Then
        as("patient-service")
                .body(asked)
                .post("/$missing")
                .then()
                .statusCode(200)
                .body("parameter.valueReference.reference", containsInAnyOrder(gone, "Practitioner/never"));
        as("clinician").body(asked).post("/$missing").then().statusCode(403);
        as("patient-service").body("{}").post("/$missing").then().statusCode(400);
        as("patient-service").get("/$missing").then().statusCode(405);
    }

    private static Response transaction(String... entries) {
        return as("clinician")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s]}"
                        .formatted(String.join(",", entries)))
                .post("");
    }

    private static String delete(String reference) {
        return "{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}".formatted(reference);
    }
}
