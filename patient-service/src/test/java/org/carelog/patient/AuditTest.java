package org.carelog.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.patient.Patients.newId;
import static org.carelog.patient.Patients.unique;
import static org.carelog.patient.Patients.withFamily;
import static org.carelog.patient.Patients.withIdentifier;
import static org.carelog.testing.ServiceUnderTest.anonymously;
import static org.carelog.testing.ServiceUnderTest.as;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.carelog.testing.AuditEntries;
import org.carelog.testing.Parallel;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When an answer is there, its entry is: committed, and seen by another connection at once. docs/audit.md says what is in
 * it.
 */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class AuditTest {

    @Test
    void aReadIsRecordedWithWhoWhatAndWhichVersion() {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        Response answer = as("clinician").get("/Patient/" + id);

        // Then
        JsonNode entry = only(answer);
        assertThat(entry.path("interaction").asText()).isEqualTo("read");
        assertThat(entry.path("method").asText()).isEqualTo("GET");
        assertThat(entry.path("status").asInt()).isEqualTo(200);
        assertThat(entry.path("resourceType").asText()).isEqualTo("Patient");
        assertThat(entry.at("/agent/name").asText()).isEqualTo("clinician");
        assertThat(entry.at("/agent/client").asText()).isEqualTo("clinical-app");
        assertThat(entry.at("/agent/subject").asText()).isNotEmpty();
        assertThat(entry.at("/agent/roles/0").asText()).isEqualTo("clinician");
        assertThat(entry.at("/agent/tokenId").asText()).isNotEmpty();
        assertThat(entry.path("networkAddress").asText()).isEqualTo("127.0.0.1");
        assertThat(entities(entry)).containsExactly("Patient/" + id + "/1 of " + id);
    }

    @Test
    void eachWayToWriteIsRecorded() {
        // Given
        String id = newId();
        String mrn = unique("audit");

        // When
        Response created = as("clinician").body(withIdentifier(mrn)).post("/Patient");
        Response matched = as("clinician")
                .header("If-None-Exist", "identifier=" + mrn)
                .body(withIdentifier(mrn))
                .post("/Patient");
        Response put = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);
        Response unchanged = as("clinician").body(withFamily(id, "Sample")).put("/Patient/" + id);
        Response updated = as("clinician").body(withFamily(id, "Example")).put("/Patient/" + id);
        Response deleted = as("registrar").delete("/Patient/" + id);
        Response again = as("registrar").delete("/Patient/" + id);

        // Then
        String posted = created.path("id");
        assertThat(told(created)).isEqualTo("create 201 Patient/" + posted + "/1 of " + posted);
        assertThat(told(matched)).isEqualTo("create 200 Patient/" + posted + "/1 of " + posted);
        assertThat(told(put)).isEqualTo("update 201 Patient/" + id + "/1 of " + id);
        assertThat(told(unchanged)).isEqualTo("update 200 Patient/" + id + "/1 of " + id);
        assertThat(told(updated)).isEqualTo("update 200 Patient/" + id + "/2 of " + id);
        assertThat(told(deleted)).isEqualTo("delete 204 Patient/" + id + "/3 of " + id);
        assertThat(told(again)).startsWith("delete 204");
    }

    @Test
    void eachWayToReadIsRecordedWithEverythingItShowed() {
        // Given
        String family = unique("Audited");
        String one = newId();
        String other = newId();
        Patients.put(one, withFamily(one, family));
        Patients.put(other, withFamily(other, family));

        // When
        Response version = as("clinician").get("/Patient/" + one + "/_history/1");
        Response notModified =
                as("clinician").header("If-None-Match", "W/\"1\"").get("/Patient/" + one);
        Response history = as("clinician").get("/Patient/" + one + "/_history");
        Response found = as("clinician").get("/Patient?family=" + family);
        Response posted = as("clinician")
                .contentType("application/x-www-form-urlencoded")
                .body("family=" + family)
                .post("/Patient/_search?_count=9");
        Response counted = as("clinician").get("/Patient?_summary=count&family=" + family);
        Response statement = as("clinician").get("/metadata");

        // Then
        assertThat(told(version)).isEqualTo("vread 200 Patient/" + one + "/1 of " + one);
        assertThat(told(notModified)).isEqualTo("read 304 Patient/" + one + "/1 of " + one);
        assertThat(told(history)).isEqualTo("history-instance 200 Patient/" + one + "/1 of " + one);
        assertThat(told(found)).startsWith("search-type 200");
        assertThat(entities(only(found)))
                .containsExactlyInAnyOrder("Patient/" + one + "/1 of " + one, "Patient/" + other + "/1 of " + other);
        assertThat(only(found).path("query").asText()).isEqualTo("family=" + family);
        assertThat(only(posted).path("query").asText()).isEqualTo("_count=9&family=" + family);
        assertThat(told(counted)).isEqualTo("search-type 200");
        assertThat(told(statement)).isEqualTo("capabilities 200");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /Patient/00000000-0000-4000-8000-000000000000, '', 404, read",
        "GET, /Patient/a_b, '', 400, read",
        "GET, /Patient?eyecolour=blue, '', 400, search-type",
        "POST, /Patient, '{', 400, create",
        "POST, /Patient, '{\"resourceType\":\"Patient\",\"nickname\":\"x\"}', 400, create",
        "PUT, /Patient/00000000-0000-4000-8000-000000000000, '{\"resourceType\":\"Patient\"}', 400, update",
        "DELETE, /Patient/00000000-0000-4000-8000-000000000000, '', 403, delete",
        "POST, /Encounter, '{\"resourceType\":\"Encounter\"}', 405, unknown",
        "GET, /Nonsense, '', 404, unknown",
        "PUT, /nowhere/at/all, '', 404, unknown",
        "OPTIONS, /Patient, '', 405, unknown",
        "TRACE, /Patient, '', 405, unknown"
    })
    void aRefusalIsRecordedWithWhoAsked(Method method, String path, String body, int status, String interaction) {
        // When
        Response answer = body.isEmpty()
                ? as("clinician").request(method, path)
                : as("clinician").body(body).request(method, path);

        // Then
        JsonNode entry = only(answer);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(entry.path("status").asInt()).isEqualTo(status);
        assertThat(entry.path("interaction").asText()).isEqualTo(interaction);
        assertThat(entry.path("method").asText()).isEqualTo(method.name());
        assertThat(entry.at("/agent/name").asText()).isEqualTo("clinician");
    }

    @Test
    void aRefusalNamesWhatWasAskedFor() {
        // Given
        String id = newId();

        // When
        Response answer = as("compliance").get("/Patient/" + id);

        // Then
        assertThat(told(answer)).isEqualTo("read 403 Patient/" + id + "/ of ");
    }

    @Test
    void aRequestWithoutATokenIsRecordedAsNobodys() {
        // When
        Response answer = anonymously().get("/Patient/" + newId());

        // Then
        JsonNode entry = only(answer);
        assertThat(entry.path("status").asInt()).isEqualTo(401);
        assertThat(entry.at("/agent/subject").asText()).isEmpty();
        assertThat(entry.at("/agent/name").asText()).isEmpty();
    }

    @Test
    void requestsOutsideOfFhirAreRecordedToo() {
        // When
        Response answer = as("clinician").basePath("").get("/q/health");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(only(answer).path("status").asInt()).isEqualTo(404);
    }

    @Test
    void manyAtOnceAreRecordedEach() throws Exception {
        // Given
        String id = newId();
        Patients.put(id, withFamily(id, "Sample"));

        // When
        List<Response> answers = Parallel.times(32, () -> as("clinician").get("/Patient/" + id));

        // Then
        List<String> recorded = new ArrayList<>();
        AuditEntries.all().forEach(entry -> recorded.add(entry.path("requestId").asText()));
        assertThat(recorded).containsAll(requestIds(answers)).doesNotHaveDuplicates();
    }

    private static List<String> requestIds(List<Response> answers) {
        return answers.stream().map(answer -> answer.header("X-Request-Id")).toList();
    }

    private static JsonNode only(Response answer) {
        List<JsonNode> entries = AuditEntries.of(answer.header("X-Request-Id"));
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    /** Interaction, status and what it touched. */
    private static String told(Response answer) {
        JsonNode entry = only(answer);
        return String.join(
                " ",
                Stream.concat(
                                Stream.of(
                                        entry.path("interaction").asText(),
                                        entry.path("status").asText()),
                                entities(entry).stream())
                        .toList());
    }

    private static List<String> entities(JsonNode entry) {
        return StreamSupport.stream(entry.path("entities").spliterator(), false)
                .map(entity -> "%s/%s/%s of %s"
                        .formatted(
                                entity.path("type").asText(),
                                entity.path("id").asText(),
                                entity.path("version").asText(),
                                entity.path("patient").asText()))
                .toList();
    }
}
