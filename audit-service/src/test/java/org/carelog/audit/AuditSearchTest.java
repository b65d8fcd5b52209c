package org.carelog.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.audit.SealedEntries.MORNING;
import static org.carelog.audit.SealedEntries.access;
import static org.carelog.audit.SealedEntries.clinician;
import static org.carelog.audit.SealedEntries.newId;
import static org.carelog.audit.SealedEntries.patient;
import static org.carelog.audit.SealedEntries.request;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/audit.md, Searching: each parameter of ITI-81, and its order, total and pages. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class AuditSearchTest {
    private static final String ADA = newId();
    private static final String BO = newId();
    private static final String ALICE = newId();
    private static final String BOB = newId();
    private static final String SESSION = newId();
    private static final String TOKEN = "onrtac:" + newId();

    /** Published once, by the first test that looks. */
    private static SealedEntries day;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "patient={ada};                                               read refused found",
                "patient=Patient/{ada};                                       read refused found",
                "patient={bo};                                                found deleted",
                "patient={alice};                                             ",
                "agent:identifier={alice};                                    read refused",
                "agent:identifier={bob};                                      deleted",
                "agent:identifier=clinical-app;                               read refused found sent",
                "agent:identifier={ada};                                      ",
                "agent.identifier={alice};                                    read refused",
                "agent.identifier=http://elsewhere%7C{alice};                 ",
                "agent-name=clinician;                                        read refused found sent",
                "agent-name=nobody;                                           ",
                "agent-role=urn:carelog:role%7Cregistrar;                     deleted",
                "agent-role=compliance;                                       ",
                "altid={session};                                             handed",
                "altid={alice};                                               ",
                "address=192.0.2.7;                                           read refused found sent",
                "address=198.51.100;                                          deleted handed",
                "address=203.0.113.1;                                         ",
                "policy=urn:ietf:params:oauth:jti:{token};                    read",
                "policy=urn:ietf:params:oauth:jti:other;                      ",
                "action=R;                                                    read refused handed",
                "action=D;                                                    deleted",
                "action=E;                                                    found sent",
                "action=R,D;                                                  read refused handed deleted",
                "action=C;                                                    ",
                "outcome=0;                                                   read found deleted sent handed",
                "outcome=4;                                                   refused",
                "outcome=8;                                                   ",
                "entity=Patient/{ada};                                        read refused found",
                "entity=Patient/{bo};                                         found deleted",
                "entity=Encounter/{ada};                                      ",
                "entity:identifier=carelog.patient.changed.v1;                handed",
                "entity.identifier=request-1;                                 read refused found deleted sent",
                "entity.identifier=carelog.encounter.changed.v1;              ",
                "entity-type=http://hl7.org/fhir/resource-types%7CPatient;    found",
                "entity-type=1;                                               read refused found deleted",
                "entity-type=4;                                               ",
                "entity-role=24;                                              found",
                "entity-role=http://terminology.hl7.org/CodeSystem/object-role%7C17; handed",
                "entity-role=2;                                               ",
                "date=lt2026-11-24T09:00:00Z;                                 read",
                "date=ge2026-11-24T11:00:00Z;                                 deleted sent handed",
                "date=gt2026-11-24T09:00:00Z&date=lt2026-11-24T11:00:00Z;     refused found",
                "date=2026-11-24;                                             read refused found deleted sent handed",
                "date=lt2026-11-24;                                           ",
                "type=rest;                                                   read refused found deleted sent",
                "type=http://dicom.nema.org/resources/ontology/DCM%7C110106;  handed",
                "type=http://dicom.nema.org/resources/ontology/DCM%7C110114;  ",
                "subtype=http://hl7.org/fhir/restful-interaction%7Cdelete;    deleted",
                "subtype=batch;                                               sent",
                "subtype=urn:carelog:operation%7Cconsumed;                    handed",
                "subtype=create;                                              ",
                "source:identifier={source};                                  read refused found deleted sent handed",
                "source.identifier={source};                                  read refused found deleted sent handed",
                "source:identifier=elsewhere;                                 ",
                "source.identifier=elsewhere;                                 ",
                "site=elsewhere;                                              "
            })
    void eachParameterFindsWhatItShouldAndNothingElse(String query, String expected) {
        // Given
        publishTheDay();
        String asked = query.strip()
                .replace("{ada}", ADA)
                .replace("{bo}", BO)
                .replace("{alice}", ALICE)
                .replace("{bob}", BOB)
                .replace("{session}", SESSION)
                .replace("{token}", TOKEN)
                .replace("{source}", day.source);

        // When
        Response answer =
                as("compliance").urlEncodingEnabled(false).get("/AuditEvent?site=" + day.source + "&" + asked);

        // Then
        answer.then().statusCode(200);
        assertThat(events(answer.jsonPath()).stream().map(AuditSearchTest::name).distinct())
                .containsExactlyInAnyOrder(words(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient.identifier=http://a%7C1", "entity-name=x", "_profile=http://a", "purpose=x"})
    void whatIsNotServedIsRefused(String query) {
        as("compliance")
                .urlEncodingEnabled(false)
                .get("/AuditEvent?" + query)
                .then()
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"));
    }

    private static synchronized void publishTheDay() {
        if (day != null) {
            return;
        }
        SealedEntries entries = new SealedEntries();
        entries.happened(
                access(
                        "read",
                        "GET",
                        200,
                        new Agent(ALICE, "clinician", "clinical-app", List.of("clinician"), TOKEN),
                        MORNING,
                        patient(ADA, 1)),
                access("read", "GET", 403, clinician(ALICE), hours(1), patient(ADA, 2)),
                access(
                        "search-type",
                        "GET",
                        200,
                        clinician(newId()),
                        hours(2),
                        patient(ADA, 3),
                        patient(ADA, 4),
                        patient(BO, 1)),
                access("batch", "POST", 200, clinician(newId()), hours(4)),
                request(
                                "delete",
                                "DELETE",
                                204,
                                new Agent(BOB, "registrar", "loader", List.of("registrar")),
                                hours(3),
                                patient(BO, 2))
                        .networkAddress("198.51.100.9")
                        .build(),
                handed());
        day = entries;
    }

    private static Instant hours(int later) {
        return MORNING.plus(Duration.ofHours(later));
    }

    private static Access handed() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("topic", "carelog.patient.changed.v1");
        details.put("group", "engine-1");
        details.put("session", SESSION);
        return new AccessBuilder()
                .id(UUID.randomUUID())
                .at(hours(5))
                .interaction("disclosure")
                .method("OffsetCommit")
                .agent(new Agent("", "", "integration-engine", List.of()))
                .networkAddress("198.51.100.20")
                .requestId("disclosure-1")
                .operation("consumed")
                .details(details)
                .build();
    }

    /** What these tests call the event of an access. */
    private static String name(Map<String, Object> event) {
        Object subtype = ((List<?>) event.get("subtype")).getFirst();
        return switch (((Map<?, ?>) subtype).get("code").toString()) {
            case "read" -> event.get("outcome").equals("0") ? "read" : "refused";
            case "search-type" -> "found";
            case "delete" -> "deleted";
            case "batch" -> "sent";
            case "consumed" -> "handed";
            default -> "other";
        };
    }

    @ParameterizedTest
    @CsvSource({"date, 3", "-date, 3", "-date, 7"})
    void pagesHaveEachEventOnceInOrderWhileNewOnesArrive(String sort, int count) {
        // Given
        SealedEntries entries = new SealedEntries();
        List<Instant> times = IntStream.range(0, 20)
                .mapToObj(i -> MORNING.plusSeconds(60L * (i * 7 % 20)))
                .toList();
        entries.happened(times.stream()
                .map(at -> access("read", "GET", 200, clinician(newId()), at, patient(newId(), 1)))
                .toArray(Access[]::new));
        String address =
                "/AuditEvent?site=%s&_total=accurate&_sort=%s&_count=%d".formatted(entries.source, sort, count);

        // When
        JsonPath page = as("compliance").get(address).jsonPath();
        assertThat(page.getInt("total")).isEqualTo(20);
        List<Map<String, Object>> all = new ArrayList<>(events(page));
        while (next(page) != null && all.size() < 200) {
            entries.happened(
                    access("read", "GET", 200, clinician(newId()), MORNING.minusSeconds(60), patient(newId(), 1)),
                    access("read", "GET", 200, clinician(newId()), MORNING.plusSeconds(90), patient(newId(), 1)),
                    access("read", "GET", 200, clinician(newId()), hours(9), patient(newId(), 1)));
            page = as("compliance")
                    .urlEncodingEnabled(false)
                    .get(relative(next(page)))
                    .jsonPath();
            all.addAll(events(page));
        }

        // Then
        List<String> recorded =
                all.stream().map(event -> event.get("recorded").toString()).toList();
        List<Instant> shown = recorded.stream().map(Instant::parse).toList();
        List<Instant> sorted = new ArrayList<>(shown);
        Collections.sort(sorted);
        assertThat(shown).isEqualTo(sort.startsWith("-") ? sorted.reversed() : sorted);
        assertThat(all).extracting(event -> event.get("id")).doesNotHaveDuplicates();
        assertThat(shown).containsAll(times);
    }

    @Test
    void theTotalIsToldAloneOrNotAtAll() {
        // Given
        publishTheDay();

        // When, Then
        as("compliance")
                .get("/AuditEvent?_summary=count&site=" + day.source)
                .then()
                .body("total", equalTo(7));
        as("compliance")
                .get("/AuditEvent?_total=none&site=" + day.source)
                .then()
                .body("total", equalTo(null));
    }

    private static String next(JsonPath page) {
        return page.getString("link.find { it.relation == 'next' }?.url");
    }

    /** Below the base, since a link has the base that clients of the deployment have. */
    private static String relative(String link) {
        return link.replaceFirst(".*/fhir", "");
    }

    private static List<Map<String, Object>> events(JsonPath page) {
        List<Map<String, Object>> events = page.getList("entry.resource");
        return events == null ? List.of() : events;
    }

    private static String[] words(String text) {
        return text == null
                ? new String[0]
                : Arrays.stream(text.strip().split(" ")).toArray(String[]::new);
    }
}
