package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.encounter.PatientEvents.unique;
import static org.carelog.encounter.Resources.created;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.topic;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.TopicRecords;
import org.junit.jupiter.api.Test;

/** docs/adr/0012: Basic is declared in a file of these tests, and there is no code for it anywhere. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class DeclaredTypeTest {

    @Test
    void aTypeThatIsOnlyDeclaredIsWrittenReadFoundChangedAndDeleted() {
        // Given
        String patient = newId();
        String family = unique("Declared");
        PatientEvents.apply(PatientEvents.created(patient, family));

        // When
        String note = created(note(patient, "first"));

        // Then
        as("clinician")
                .get("/Basic?subject:Patient.family=" + family)
                .then()
                .statusCode(200)
                .body("entry.fullUrl", contains("http://localhost:8080/fhir/" + note));
        as("clinician")
                .contentType("application/json-patch+json")
                .body("[{\"op\":\"replace\",\"path\":\"/code/coding/0/code\",\"value\":\"second\"}]")
                .patch("/" + note)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"2\"");
        as("clinician").get("/Basic?code=second&patient=" + patient).then().body("total", equalTo(1));
        as("clinician").get("/" + note + "/_history").then().body("total", equalTo(2));
        as("clinician").delete("/" + note).then().statusCode(204);
        as("clinician").get("/" + note).then().statusCode(410);
    }

    @Test
    void itIsInTheStatement() {
        as("clinician")
                .get("/metadata")
                .then()
                .body(
                        "rest[0].resource.find { it.type == 'Basic' }.searchParam.name",
                        hasItems("author", "code", "created", "identifier", "patient", "subject", "_tag"))
                .body(
                        "rest[0].resource.find { it.type == 'Basic' }.interaction.code",
                        hasItems("read", "create", "update", "patch", "delete", "search-type"));
    }

    @Test
    void itsEventsHaveTheKeyOfItsPatient() {
        // Given
        String patient = newId();
        PatientEvents.apply(PatientEvents.created(patient, "Keyed"));

        // When
        String note = created(note(patient, "keyed"));

        // Then
        try (TopicRecords records = new TopicRecords(topic("carelog.encounter.changed.v1"))) {
            assertThat(records.ofSubject(note, record -> true))
                    .singleElement()
                    .satisfies(record -> assertThat(record.key()).isEqualTo(patient));
        }
    }

    private static String note(String patient, String code) {
        return """
                {"resourceType":"Basic","code":{"coding":[{"system":"http://example.org/notes","code":"%s"}]},\
                "subject":{"reference":"Patient/%s"}}""".formatted(code, patient);
    }
}
