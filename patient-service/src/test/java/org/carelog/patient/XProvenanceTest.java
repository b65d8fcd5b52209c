package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.PRIVATE;
import static org.carelog.patient.Patients.created;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.carelog.testing.TopicRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api/x-provenance.md */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class XProvenanceTest {
    private static final String HEADER = "X-Provenance";

    private static final String PROVENANCE = """
            {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"a scanner"}}]}""";

    @Test
    void aCreationAnswersAsAlwaysAndHasAProvenanceOfItsVersion() {
        // When
        Response answer = withProvenance("clinician")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient");

        // Then
        answer.then()
                .statusCode(201)
                .header("ETag", "W/\"1\"")
                .header("Location", containsString("/Patient/"))
                .body("resourceType", equalTo("Patient"));
        String id = answer.path("id");
        as("clinician")
                .get("/Provenance?target=Patient/" + id)
                .then()
                .statusCode(200)
                .body("entry.resource.target.reference", equalTo(List.of(List.of("Patient/" + id + "/_history/1"))))
                .body("entry[0].resource.meta.versionId", equalTo("1"))
                .body("entry[0].resource.recorded", equalTo("2026-01-01T00:00:00Z"))
                .body("entry[0].resource.agent[0].who.display", equalTo("a scanner"));
    }

    @Test
    void everyWayToWriteHasAProvenanceOfTheVersionItMakes() {
        // Given
        String id = newId();
        String mrn = unique("prov");
        String identified = withIdentifier(mrn).replace("\"Patient\"", "\"Patient\",\"id\":\"%s\"".formatted(id));
        String patch = "[{\"op\":\"add\",\"path\":\"/gender\",\"value\":\"%s\"}]";
        String chosen = "/Patient?identifier=urn:test:mrn|" + mrn;

        // When
        List<Integer> statuses = List.of(
                withProvenance("registrar")
                        .body(withFamily(id, "One"))
                        .put("/Patient/" + id)
                        .statusCode(),
                withProvenance("registrar")
                        .header("If-Match", "W/\"1\"")
                        .body(identified)
                        .put("/Patient/" + id)
                        .statusCode(),
                withProvenance("registrar")
                        .contentType("application/json-patch+json")
                        .body(patch.formatted("male"))
                        .patch("/Patient/" + id)
                        .statusCode(),
                withProvenance("registrar")
                        .contentType("application/json-patch+json")
                        .body(patch.formatted("other"))
                        .patch(chosen)
                        .statusCode(),
                withProvenance("registrar").body(identified).put(chosen).statusCode(),
                withProvenance("registrar").delete(chosen).statusCode(),
                withProvenance("registrar").body(identified).put(chosen).statusCode(),
                withProvenance("registrar").delete("/Patient/" + id).statusCode());

        // Then
        assertThat(statuses).containsExactly(201, 200, 200, 200, 200, 204, 201, 204);
        assertThat(targets(id))
                .containsExactlyInAnyOrder(versions(id, 1, 2, 3, 4, 5, 6, 7, 8).toArray(String[]::new));
    }

    @Test
    void whatWritesNothingStoresNone() {
        // Given
        String mrn = unique("none");
        String id = created(withIdentifier(mrn));
        String absent = newId();

        // When
        int unchanged = withProvenance("clinician")
                .body(withIdentifier(mrn).replace("\"Patient\"", "\"Patient\",\"id\":\"%s\"".formatted(id)))
                .put("/Patient/" + id)
                .statusCode();
        int matched = withProvenance("clinician")
                .header("If-None-Exist", "identifier=" + mrn)
                .body(withIdentifier(mrn))
                .post("/Patient")
                .statusCode();
        int gone = withProvenance("registrar").delete("/Patient/" + absent).statusCode();
        int refused = withProvenance("clinician")
                .header("If-Match", "W/\"7\"")
                .body(withFamily(id, "Late"))
                .put("/Patient/" + id)
                .statusCode();

        // Then
        assertThat(List.of(unchanged, matched, gone, refused)).containsExactly(200, 200, 204, 412);
        assertThat(targets(id)).isEmpty();
        assertThat(targets(absent)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {                                                                                              ; 400
            []                                                                                             ; 400
            {"resourceType":"Patient"}                                                                     ; 400
            {"resourceType":"Provenance","agent":[{"who":{"display":"Xanthippe-Quillfeather"}}]}           ; 400
            {"resourceType":"Provenance","recorded":"Xanthippe-Quillfeather","agent":[{"who":{"display":"a"}}]} ; 400
            {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"a"}}],"x":"Xanthippe-Quillfeather"} ; 400
            {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"display":"a"}}],"target":[{"reference":"Patient/p"}]} ; 400
            {"resourceType":"Provenance","recorded":"2026-01-01T00:00:00Z","agent":[{"who":{"reference":"Patient/nobody","display":"Xanthippe-Quillfeather"}}]} ; 422
            """)
    void aFaultyOneIsRefusedAndNothingIsStored(String header, int status) {
        // Given
        String id = newId();

        // When, Then
        as("clinician")
                .header(HEADER, header)
                .body(withFamily(id, "Sample"))
                .put("/Patient/" + id)
                .then()
                .statusCode(status)
                .body("resourceType", equalTo("OperationOutcome"))
                .body(not(containsString(PRIVATE)));
        as("clinician").get("/Patient/" + id).then().statusCode(404);
        assertThat(targets(id)).isEmpty();
    }

    @Test
    void aFaultInItIsToldByItsPlace() {
        as("clinician")
                .header(HEADER, "{\"resourceType\":\"Provenance\",\"recorded\":\"yesterday\"}")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient")
                .then()
                .statusCode(400)
                .body("issue.expression.flatten().sort()", equalTo(List.of("Provenance.agent", "Provenance.recorded")));
    }

    @Test
    void aProvenanceThatRefersToWhatTheRequestDeletesIsRefused() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("registrar")
                .header(
                        HEADER,
                        PROVENANCE.replace("\"display\":\"a scanner\"", "\"reference\":\"Patient/%s\"".formatted(id)))
                .delete("/Patient/" + id)
                .then()
                .statusCode(422)
                .body("issue[0].expression[0]", startsWith("Provenance.agent"));
        as("clinician").get("/Patient/" + id).then().statusCode(200);
    }

    @Test
    void oneRequestIsOneAuditEntryThatNamesBoth() {
        // When
        Response answer = withProvenance("clinician")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient");

        // Then
        String id = answer.path("id");
        List<JsonNode> entries = AuditEntries.of(answer.header("X-Request-Id"));
        assertThat(entries).hasSize(1);
        assertThat(StreamSupport.stream(entries.getFirst().path("entities").spliterator(), false)
                        .map(entity -> "%s/%s of %s"
                                .formatted(
                                        entity.path("type").asText(),
                                        entity.path("id").asText(),
                                        entity.path("patient").asText())))
                .containsExactly("Patient/%s of %s".formatted(id, id), "Provenance/%s of %s".formatted(of(id), id));
    }

    @Test
    void itHasAnEventOfItsOwnBesideThePatients() {
        // When
        Response answer = withProvenance("clinician")
                .body("{\"resourceType\":\"Patient\"}")
                .post("/Patient");

        // Then
        String id = answer.path("id");
        try (TopicRecords topic = new TopicRecords(ServiceUnderTest.topic("carelog.patient.changed.v1"))) {
            List<ConsumerRecord<String, byte[]>> provenance = topic.ofSubject("Provenance/" + of(id), _ -> true);
            List<ConsumerRecord<String, byte[]>> patient = topic.ofSubject("Patient/" + id, _ -> true);
            assertThat(provenance).hasSize(1);
            assertThat(patient).hasSize(1);
            assertThat(provenance.getFirst().key()).isEqualTo(id);
            assertThat(provenance.getFirst().offset())
                    .isGreaterThan(patient.getFirst().offset());
        }
    }

    @Test
    void aReadDoesNotLookAtIt() {
        // Given
        String id = created("{\"resourceType\":\"Patient\"}");

        // When, Then
        as("clinician").header(HEADER, "{").get("/Patient/" + id).then().statusCode(200);
        assertThat(targets(id)).isEmpty();
    }

    private static RequestSpecification withProvenance(String name) {
        return as(name).header(HEADER, PROVENANCE);
    }

    /** The id of the one Provenance about the patient. */
    private static String of(String patient) {
        return as("clinician").get("/Provenance?target=Patient/" + patient).path("entry[0].resource.id");
    }

    /** What the Provenances about the patient are about. */
    private static List<String> targets(String patient) {
        List<List<String>> targets = as("clinician")
                .get("/Provenance?_count=50&target=Patient/" + patient)
                .then()
                .statusCode(200)
                .extract()
                .path("entry.resource.target.reference");
        return targets == null
                ? List.of()
                : targets.stream().flatMap(List::stream).toList();
    }

    private static List<String> versions(String id, int... versions) {
        return IntStream.of(versions)
                .mapToObj(version -> "Patient/%s/_history/%d".formatted(id, version))
                .toList();
    }
}
