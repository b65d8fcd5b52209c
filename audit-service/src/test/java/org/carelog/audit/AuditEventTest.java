package org.carelog.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.audit.SealedEntries.MORNING;
import static org.carelog.audit.SealedEntries.access;
import static org.carelog.audit.SealedEntries.clinician;
import static org.carelog.audit.SealedEntries.newId;
import static org.carelog.audit.SealedEntries.patient;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.carelog.audit.journal.Entity;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/audit.md, AuditEvents: what the services sealed, as compliance finds it */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class AuditEventTest {

    /** Whoever asks for it may put anything into an address; what the database's text cannot have is among it. */
    @Test
    void anAccessIsFoundByItsWordsWhateverWasAskedFor() {
        // Given
        String subject = newId();
        SealedEntries entries = new SealedEntries();
        entries.happened(access(
                "read",
                "GET",
                400,
                clinician(subject),
                MORNING,
                new Entity("Patient", "\0 \\u0000 Ünnamed", null, null)));

        // When
        Response answer = as("compliance")
                .queryParam("agent:identifier", subject)
                .queryParam("_content", "unnamed and \"HTTP 400\"")
                .get("/AuditEvent");

        // Then
        answer.then().statusCode(200).body("entry", hasSize(1));
    }

    @Test
    void anAccessIsFoundByTheIdOfItsTrace() {
        // Given
        String trace = newId().replace("-", "");
        SealedEntries entries = new SealedEntries();
        entries.happened(
                access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)),
                SealedEntries.request("update", "PUT", 200, clinician(newId()), MORNING, patient(newId(), 2))
                        .traceparent("00-" + trace + "-00f067aa0ba902b7-01")
                        .build());

        // When
        Response answer = as("compliance").get("/AuditEvent?entity:identifier=" + trace);

        // Then
        answer.then()
                .body("entry.resource.subtype[0].code", equalTo(List.of("update")))
                .body("entry[0].resource.entity.type.code", hasItem("traceId"));
    }

    @Test
    void anEventSaysWhoDidWhatToWhichVersionByBalp() {
        // Given
        String id = newId();
        String subject = newId();
        SealedEntries entries = new SealedEntries();

        // When
        entries.happened(access("read", "GET", 200, clinician(subject), MORNING, patient(id, 7)));

        // Then
        as("compliance")
                .get("/AuditEvent?site=" + entries.source)
                .then()
                .statusCode(200)
                .body("total", equalTo(1))
                .body(
                        "entry[0].resource.meta.profile",
                        hasItem("https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead"))
                .body("entry[0].resource.recorded", containsString("2026-11-24T08:30:00"))
                .body("entry[0].resource.action", equalTo("R"))
                .body("entry[0].resource.outcome", equalTo("0"))
                .body("entry[0].resource.source.observer.identifier.value", equalTo(entries.source))
                .body("entry[0].resource.agent.who.identifier.value", hasItem(subject))
                .body("entry[0].resource.entity.what.reference", hasItem("Patient/" + id + "/_history/7"))
                .body("entry[0].resource.entity.what.reference", hasItem("Patient/" + id));
    }

    @Test
    void aSearchThatShowedSeveralPatientsIsFoundByEach() {
        // Given
        String one = newId();
        String other = newId();
        SealedEntries entries = new SealedEntries();

        // When
        entries.happened(
                access("search-type", "GET", 200, clinician(newId()), MORNING, patient(one, 1), patient(other, 1)));

        // Then
        as("compliance").get("/AuditEvent?patient=" + one).then().body("total", equalTo(1));
        as("compliance").get("/AuditEvent?patient=" + other).then().body("total", equalTo(1));
        as("compliance").get("/Patient/" + one + "/AuditEvent").then().statusCode(200);
        as("compliance").get("/AuditEvent?site=" + entries.source).then().body("total", equalTo(2));
    }

    @Test
    void eachEntryIsShownOnceHoweverOftenItComes() {
        // Given
        SealedEntries entries = new SealedEntries();
        var first = entries.seal(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));
        var second = entries.seal(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));

        // When
        entries.publish(first, second, first, second, second);

        // Then
        as("compliance").get("/AuditEvent?site=" + entries.source).then().body("total", equalTo(2));
    }

    @Test
    void whatIsMissingIsNotedAndWhatFollowsIsShownAllTheSame() throws SQLException {
        // Given
        SealedEntries entries = new SealedEntries();
        var first = entries.seal(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));
        var lost = entries.seal(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));
        var third = entries.seal(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));

        // When
        entries.publish(first, third);

        // Then
        assertThat(gaps(entries.source)).containsExactly("2 to 2");
        as("compliance").get("/AuditEvent?site=" + entries.source).then().body("total", equalTo(2));
        entries.publish(lost);
        as("compliance").get("/AuditEvent?site=" + entries.source).then().body("total", equalTo(3));
    }

    private static List<String> gaps(String source) throws SQLException {
        List<String> gaps = new ArrayList<>();
        try (Connection connection = ServiceUnderTest.ownersDataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select first_seq, last_seq from source_gap where source = ?")) {
            statement.setString(1, source);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    gaps.add(rows.getLong(1) + " to " + rows.getLong(2));
                }
            }
        }
        return gaps;
    }

    @Test
    void readingTheAuditLogIsInTheAuditLog() {
        // Given
        String patient = newId();

        // When
        Response search = as("compliance").get("/AuditEvent?patient=" + patient);

        // Then
        String requestId = search.header("X-Request-Id");
        Awaitility.await()
                .untilAsserted(() -> as("compliance")
                        .get("/AuditEvent?site=audit-service&agent-name=compliance&action=E&_sort=-date&_count=50")
                        .then()
                        .statusCode(200)
                        .body("entry.resource.entity.flatten().what.identifier.value", hasItem(requestId)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clinician",
                "registrar",
                "patient",
                "loader",
                "integration-engine",
                "patient-service",
                "audit-service"
            })
    void nobodyButComplianceReadsIt(String name) {
        for (String path : List.of("/AuditEvent", "/AuditEvent?_count=0", "/AuditEvent/1", "/AuditEvent/_history")) {
            as(name).get(path)
                    .then()
                    .statusCode(403)
                    .body("resourceType", equalTo("OperationOutcome"))
                    .body("issue[0].code", equalTo("forbidden"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "POST;   /AuditEvent;                       application/fhir+json",
                "PUT;    /AuditEvent/{id};                  application/fhir+json",
                "PUT;    /AuditEvent/new-one;               application/fhir+json",
                "PUT;    /AuditEvent?_id={id};              application/fhir+json",
                "PATCH;  /AuditEvent/{id};                  application/json-patch+json",
                "PATCH;  /AuditEvent/{id};                  application/fhir+json",
                "PATCH;  /AuditEvent?_id={id};              application/json-patch+json",
                "DELETE; /AuditEvent/{id};                  application/fhir+json",
                "DELETE; /AuditEvent?_id={id};              application/fhir+json",
                "DELETE; /AuditEvent/{id}/_history;         application/fhir+json",
                "DELETE; /AuditEvent/{id}/_history/1;       application/fhir+json",
                "POST;   /AuditEvent/{id}/$meta-add;        application/fhir+json",
                "POST;   /AuditEvent/{id}/$meta-delete;     application/fhir+json",
                "POST;   /AuditEvent/$meta-delete;          application/fhir+json",
                "POST;   /AuditEvent/{id}/$expunge;         application/fhir+json",
                "POST;   /AuditEvent/{id};                  application/fhir+json"
            })
    void nobodyWritesIt(Method method, String path, String form) {
        // Given
        String id = anEvent();
        String body = switch (form) {
            case "application/json-patch+json" -> "[{\"op\":\"replace\",\"path\":\"/action\",\"value\":\"D\"}]";
            default ->
                path.contains("$") || method == Method.PATCH
                        ? "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"meta\",\"valueMeta\":{\"tag\":[{\"code\":\"x\"}]}}]}"
                        : anotherEvent(path.contains("new-one") ? "new-one" : id);
        };

        for (String name : List.of("compliance", "administrator", "clinician", "audit-service")) {
            // When
            Response answer = as(name).contentType(form)
                    .header("If-None-Exist", "_id=" + id)
                    .body(body)
                    .request(method, path.replace("{id}", id));

            // Then
            assertThat(answer.statusCode()).as(name).isIn(path.contains("$") ? List.of(400, 403) : List.of(404, 405));
            answer.then().body("resourceType", equalTo("OperationOutcome"));
        }
        isAsItWas(id);
    }

    @ParameterizedTest
    @CsvSource({
        "batch, POST, AuditEvent",
        "batch, PUT, AuditEvent/{id}",
        "batch, PUT, AuditEvent?_id={id}",
        "batch, PATCH, AuditEvent/{id}",
        "batch, DELETE, AuditEvent/{id}",
        "batch, DELETE, AuditEvent?_id={id}",
        "transaction, POST, AuditEvent",
        "transaction, PUT, AuditEvent/{id}",
        "transaction, PUT, AuditEvent?_id={id}",
        "transaction, PATCH, AuditEvent/{id}",
        "transaction, DELETE, AuditEvent/{id}",
        "transaction, DELETE, AuditEvent?_id={id}"
    })
    void norInABundle(String kind, String method, String path) {
        // Given
        String id = anEvent();
        String resource = method.equals("DELETE") ? "" : "\"resource\":" + anotherEvent(id) + ",";
        String bundle =
                "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[{%s\"request\":{\"method\":\"%s\",\"url\":\"%s\"}}]}"
                        .formatted(kind, resource, method, path.replace("{id}", id));

        // When
        Response answer = as("compliance").body(bundle).post("/");

        // Then
        if (answer.statusCode() == 200) {
            assertThat(answer.<String>path("entry[0].response.status")).startsWith("4");
        } else {
            assertThat(answer.statusCode()).isBetween(400, 499);
        }
        isAsItWas(id);
    }

    private static String anEvent() {
        SealedEntries entries = new SealedEntries();
        entries.happened(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));
        return as("compliance").get("/AuditEvent?site=" + entries.source).path("entry[0].resource.id");
    }

    /** What R4 would take. */
    private static String anotherEvent(String id) {
        return """
                {"resourceType":"AuditEvent","id":"%s","type":{"system":"http://x","code":"rest"},"action":"D",
                 "recorded":"2026-11-24T08:30:00Z","agent":[{"who":{"display":"x"},"requestor":true}],
                 "source":{"site":"elsewhere","observer":{"display":"x"}}}
                """.formatted(id);
    }

    private static void isAsItWas(String id) {
        as("compliance")
                .get("/AuditEvent/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "W/\"1\"")
                .body("action", equalTo("R"));
        as("compliance").get("/AuditEvent/" + id + "/_history").then().body("total", equalTo(1));
        as("compliance").get("/AuditEvent?site=elsewhere").then().body("total", equalTo(0));
        as("compliance").get("/AuditEvent/new-one").then().statusCode(404);
    }

    @Test
    void anEventIsReadAndHasAHistoryOfOne() {
        // Given
        SealedEntries entries = new SealedEntries();
        entries.happened(access("read", "GET", 200, clinician(newId()), MORNING, patient(newId(), 1)));
        String id = as("compliance").get("/AuditEvent?site=" + entries.source).path("entry[0].resource.id");

        // When, Then
        as("compliance").get("/AuditEvent/" + id).then().statusCode(200).header("ETag", "W/\"1\"");
        as("compliance").get("/AuditEvent/" + id + "/_history/1").then().statusCode(200);
        as("compliance").get("/AuditEvent/" + id + "/_history").then().body("total", equalTo(1));
        as("compliance").get("/AuditEvent/" + newId()).then().statusCode(404);
    }

    @Test
    void theCapabilitiesSayThatItIsOnlyRead() {
        as("compliance")
                .get("/metadata")
                .then()
                .statusCode(200)
                .body(
                        "rest[0].resource.find{it.type=='AuditEvent'}.interaction.code.contains('create')",
                        equalTo(false))
                .body("rest[0].resource.find{it.type=='Patient'}", nullValue());
    }
}
