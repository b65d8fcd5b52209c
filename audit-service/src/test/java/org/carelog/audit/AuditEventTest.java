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
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.carelog.audit.journal.Agent;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "patient={ada}; read refused found",
                "patient=Patient/{ada}; read refused found",
                "patient={bo}; deleted found",
                "agent:identifier={alice}; read refused",
                "agent:identifier={bob}; deleted",
                "agent:identifier=clinical-app; read refused found",
                "agent-name=clinician; read refused found",
                "agent-role=urn:carelog:role%7Cregistrar; deleted",
                "address=192.0.2.7; read refused found deleted",
                "action=R; read refused",
                "action=D; deleted",
                "action=E; found",
                "action=R,D; read refused deleted",
                "outcome=0; read found deleted",
                "outcome=4; refused",
                "entity=Patient/{ada}; read refused found",
                "entity=Patient/{bo}; deleted found",
                "date=lt2026-11-24T09:00:00Z; read",
                "date=ge2026-11-24T09:00:00Z; refused found deleted",
                "date=2026-11-24; read refused found deleted",
                "date=lt2026-11-24; ''",
                "subtype=http://hl7.org/fhir/restful-interaction%7Cdelete; deleted",
                "type=rest; read refused found deleted",
                "source:identifier={source}; read refused found deleted"
            })
    void eachParameterFindsWhatItShould(String query, String expected) {
        // Given
        String ada = newId();
        String bo = newId();
        String alice = newId();
        String bob = newId();
        SealedEntries entries = new SealedEntries();
        entries.happened(
                access("read", "GET", 200, clinician(alice), MORNING, patient(ada, 1)),
                access("read", "GET", 403, clinician(alice), MORNING.plus(Duration.ofHours(1)), patient(ada, 2)),
                access(
                        "search-type",
                        "GET",
                        200,
                        clinician(newId()),
                        MORNING.plus(Duration.ofHours(2)),
                        patient(ada, 3),
                        patient(bo, 1)),
                access(
                        "delete",
                        "DELETE",
                        204,
                        new Agent(bob, "registrar", "loader", List.of("registrar")),
                        MORNING.plus(Duration.ofHours(3)),
                        patient(bo, 2)));
        String asked = query.replace("{ada}", ada)
                .replace("{bo}", bo)
                .replace("{alice}", alice)
                .replace("{bob}", bob)
                .replace("{source}", entries.source);

        // When
        Response answer =
                as("compliance").urlEncodingEnabled(false).get("/AuditEvent?site=" + entries.source + "&" + asked);

        // Then
        answer.then().statusCode(200);
        List<Map<String, Object>> found = answer.path("entry.resource");
        assertThat(
                        found == null
                                ? List.<String>of()
                                : found.stream()
                                        .map(AuditEventTest::name)
                                        .distinct()
                                        .toList())
                .containsExactlyInAnyOrder(words(expected));
    }

    /** What these tests call the event of an access. */
    private static String name(Map<String, Object> event) {
        return switch (event.get("action").toString() + event.get("outcome")) {
            case "R0" -> "read";
            case "R4" -> "refused";
            case "E0" -> "found";
            case "D0" -> "deleted";
            default -> "other";
        };
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
    @CsvSource({
        "POST, /AuditEvent",
        "PUT, /AuditEvent/1",
        "PATCH, /AuditEvent/1",
        "DELETE, /AuditEvent/1",
        "PUT, /AuditEvent?date=2026",
        "DELETE, /AuditEvent?date=2026"
    })
    void nobodyWritesIt(Method method, String path) {
        for (String name : List.of("compliance", "clinician", "audit-service")) {
            as(name).body("{\"resourceType\":\"AuditEvent\",\"id\":\"1\"}")
                    .request(method, path)
                    .then()
                    .statusCode(405)
                    .body("resourceType", equalTo("OperationOutcome"));
        }
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

    private static String[] words(String text) {
        return Arrays.stream(text.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }
}
