package org.carelog.audit.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.parser.StrictErrorHandler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.carelog.audit.BalpProfile;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.Resource;
import org.carelog.records.interaction.Append;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalpEventsTest {
    private static final String PROFILE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String OWN = "urn:carelog:profile:audit-";
    private static final String TOKEN = PROFILE + "OAUTHaccessTokenUse.Minimal";
    private static final Agent CLINICIAN = new Agent("sub-1", "clinician", "clinical-app", List.of("clinician"));
    private static final Agent BY_TOKEN =
            new Agent("sub-1", "clinician", "clinical-app", List.of("clinician"), "onrtac:7f3c");
    private static final Entity ENCOUNTER = new Entity("Encounter", "e1", 3L, "p1");
    private static final Entity OF_NOBODY = new Entity("Organization", "o1", 1L, null);

    @ParameterizedTest
    @CsvSource({
        "read,   GET,    R, Read,   110152, 110153,    IRCP",
        "vread,  GET,    R, Read,   110152, 110153,    IRCP",
        "create, POST,   C, Create, 110153, 110152,    AUT",
        "update, PUT,    U, Update, 110153, 110152,    AUT",
        "delete, DELETE, D, Delete, 110150, custodian, AUT"
    })
    void anInteractionOnAPatientsResourceKeepsItsProfile(
            String interaction,
            String method,
            String action,
            String profile,
            String clientType,
            String serverType,
            String userType) {
        // When
        AuditEvent event = single(access(interaction, method, 200, null, ENCOUNTER));

        // Then
        assertThat(profiles(event)).containsExactly(PROFILE + "Patient" + profile);
        assertThat(event.getType().getSystem()).isEqualTo("http://terminology.hl7.org/CodeSystem/audit-event-type");
        assertThat(event.getType().getCode()).isEqualTo("rest");
        assertThat(event.getSubtypeFirstRep().getSystem()).isEqualTo("http://hl7.org/fhir/restful-interaction");
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo(interaction);
        assertThat(event.getAction().toCode()).isEqualTo(action);
        assertThat(event.getOutcome().toCode()).isEqualTo("0");
        assertThat(event.getRecordedElement().getValueAsString()).startsWith("2026-11-24T");

        AuditEventAgentComponent client = agent(event, clientType);
        assertThat(client.getWho().getIdentifier().getValue()).isEqualTo("clinical-app");
        assertThat(client.getRequestor()).isFalse();
        assertThat(client.getNetwork().getAddress()).isEqualTo("192.0.2.7");
        assertThat(client.getNetwork().getType().toCode()).isEqualTo("2");
        AuditEventAgentComponent server = agent(event, serverType);
        assertThat(server.getWho().getIdentifier().getValue()).isEqualTo("encounter-service");
        assertThat(server.getNetwork().getType().toCode()).isEqualTo("5");
        AuditEventAgentComponent user = agent(event, userType);
        assertThat(user.getWho().getIdentifier().getValue()).isEqualTo("sub-1");
        assertThat(user.getName()).isEqualTo("clinician");
        assertThat(user.getRequestor()).isTrue();
        assertThat(user.getRoleFirstRep().getCodingFirstRep().getCode()).isEqualTo("clinician");
        assertThat(user.hasNetwork()).isFalse();

        assertThat(event.getSource().getObserver().getIdentifier().getValue()).isEqualTo("encounter-service");
        AuditEventEntityComponent data = entity(event, "2");
        assertThat(data.getRole().getCode()).isEqualTo("4");
        assertThat(data.getWhat().getReference()).isEqualTo("Encounter/e1/_history/3");
        AuditEventEntityComponent patient = entity(event, "1");
        assertThat(patient.getRole().getCode()).isEqualTo("1");
        assertThat(patient.getWhat().getReference()).isEqualTo("Patient/p1");
        AuditEventEntityComponent request = entity(event, "XrequestId");
        assertThat(request.getType().getSystem())
                .isEqualTo("https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType");
        assertThat(request.getWhat().getIdentifier().getValue()).isEqualTo("request-1");
        assertThat(event.getEntity()).hasSize(3);
    }

    @Test
    void anAccessOfATraceNamesItsIdAndKeepsItsProfile() {
        // Given
        Access access = request("read", "GET", 200, null, ENCOUNTER)
                .traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .build();

        // When
        AuditEvent event = single(access);

        // Then
        AuditEventEntityComponent trace = entity(event, "traceId");
        assertThat(trace.getType().getSystem()).isEqualTo("urn:carelog:entity-type");
        assertThat(trace.getWhat().getIdentifier().getValue()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(entity(event, "XrequestId").getWhat().getIdentifier().getValue())
                .isEqualTo("request-1");
        assertThat(profiles(event)).containsExactly(PROFILE + "PatientRead");
        assertThat(BalpProfile.faults(event)).isEmpty();
    }

    @Test
    void aResourceOfNobodyHasTheProfileWithoutAPatient() {
        // When
        List<Append.Made> events = events(access("read", "GET", 200, null, OF_NOBODY));

        // Then
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().patientId()).isNull();
        assertThat(profiles(model(events.getFirst()))).containsExactly(PROFILE + "Read");
    }

    @Test
    void aSearchHasAnEventForEachPatientItShowed() {
        // When
        List<Append.Made> events = events(access(
                "search-type",
                "GET",
                200,
                "status=finished",
                ENCOUNTER,
                new Entity("Encounter", "e2", 1L, "p2"),
                new Entity("Encounter", "e3", 1L, "p1"),
                OF_NOBODY));

        // Then
        assertThat(events).extracting(Append.Made::patientId).containsExactly("p1", "p2", null);
        AuditEvent first = model(events.getFirst());
        assertThat(profiles(first)).containsExactly(PROFILE + "PatientQuery");
        assertThat(first.getAction().toCode()).isEqualTo("E");
        assertThat(agent(first, "110153").getWho().getIdentifier().getValue()).isEqualTo("clinical-app");
        AuditEventEntityComponent query = entity(first, "2");
        assertThat(query.getRole().getCode()).isEqualTo("24");
        assertThat(new String(query.getQuery(), UTF_8)).isEqualTo("GET Encounter?status=finished");
        assertThat(query.hasWhat()).isFalse();
        assertThat(references(first))
                .containsExactly("Encounter/e1/_history/3", "Encounter/e3/_history/1", "Patient/p1");
        assertThat(references(model(events.get(1)))).containsExactly("Encounter/e2/_history/1", "Patient/p2");
        AuditEvent ofNobody = model(events.getLast());
        assertThat(profiles(ofNobody)).containsExactly(PROFILE + "Query");
        assertThat(references(ofNobody)).containsExactly("Organization/o1/_history/1");
    }

    @Test
    void whatIsNobodysIsWithThePatientWhereThereIsOne() {
        // When
        List<Append.Made> events = events(access("search-type", "GET", 200, "", ENCOUNTER, OF_NOBODY));

        // Then
        assertThat(events).extracting(Append.Made::patientId).containsExactly("p1");
        assertThat(references(model(events.getFirst())))
                .containsExactly("Encounter/e1/_history/3", "Organization/o1/_history/1", "Patient/p1");
    }

    @Test
    void whatIsShownOfManyPatientsAndOfNobodyIsToldOnce() {
        // Given
        Entity[] shown = IntStream.range(0, 600)
                .mapToObj(i -> new Entity("Encounter", "e" + i, 1L, i % 2 == 0 ? "p" + i : null))
                .toArray(Entity[]::new);

        // When
        List<Append.Made> events = events(access("history-system", "GET", 200, "", shown));

        // Then
        assertThat(events).hasSize(301);
        assertThat(events.stream()
                        .map(BalpEventsTest::model)
                        .flatMap(event -> references(event).stream())
                        .filter(reference -> reference.startsWith("Encounter")))
                .hasSize(600)
                .doesNotHaveDuplicates();
    }

    @Test
    void aSearchThatFoundNothingIsRecordedToo() {
        // When
        AuditEvent event = single(access("search-type", "GET", 200, "name=Nobody"));

        // Then
        assertThat(profiles(event)).containsExactly(PROFILE + "Query");
        assertThat(new String(entity(event, "2").getQuery(), UTF_8)).isEqualTo("GET Encounter?name=Nobody");
    }

    @ParameterizedTest
    @CsvSource({"401, 4", "403, 4", "404, 4", "412, 4", "422, 4", "500, 8", "503, 8"})
    void aRefusalHasItsOutcomeAndClaimsOurProfileForThat(int status, String outcome) {
        // When
        AuditEvent event = single(access("read", "GET", status, null, new Entity("Encounter", "e1", null, null)));

        // Then
        assertThat(event.getOutcome().toCode()).isEqualTo(outcome);
        assertThat(event.getOutcomeDesc()).isEqualTo("HTTP " + status);
        assertThat(profiles(event)).containsExactly(OWN + "refusal");
        assertThat(references(event)).containsExactly("Encounter/e1");
    }

    @Test
    void somebodyWithoutATokenIsTheRequestorAsAnUnknownClient() {
        // Given
        Access access = new AccessBuilder()
                .id(UUID.randomUUID())
                .at(Instant.EPOCH)
                .interaction("unknown")
                .method("GET")
                .networkAddress("192.0.2.7")
                .requestId("r")
                .status(401)
                .query("x=y")
                .build();

        // When
        AuditEvent event = single(access);

        // Then
        assertThat(event.getAgent()).hasSize(2);
        assertThat(agent(event, "110153").getRequestor()).isTrue();
        assertThat(agent(event, "110153").getWho().getDisplay()).isEqualTo("unknown");
        assertThat(event.hasSubtype()).isFalse();
        assertThat(event.getOutcome().toCode()).isEqualTo("4");
    }

    @ParameterizedTest
    @CsvSource({
        "history-instance, R, history",
        "history-type,     R, history",
        "history-system,   R, history",
        "capabilities,     R, capabilities",
        "operation,        E, operation",
        "batch,            E, bundle",
        "transaction,      E, bundle"
    })
    void whatBalpDoesNotSpeakOfHasAProfileOfOurs(String interaction, String action, String profile) {
        // When
        AuditEvent event = single(access(interaction, "GET", 200, null, ENCOUNTER));

        // Then
        assertThat(event.getAction().toCode()).isEqualTo(action);
        assertThat(event.getSubtypeFirstRep().getCode()).isEqualTo(interaction);
        assertThat(profiles(event)).containsExactly(OWN + profile);
    }

    @Test
    void anOperationIsBothAnInteractionAndItself() {
        // When
        AuditEvent event = single(access("operation", "everything", BY_TOKEN, 200, "_count=5", ENCOUNTER));

        // Then
        assertThat(event.getSubtype()).extracting(code -> code.getCode()).containsExactly("operation", "everything");
        assertThat(new String(entity(event, "2").getQuery(), UTF_8)).isEqualTo("GET Encounter?_count=5");
    }

    @ParameterizedTest
    @CsvSource({"read, 200, Read", "update, 200, Update", "delete, 204, Delete"})
    void whichTokenItWasIsToldWithTheUser(String interaction, int status, String profile) {
        // When
        AuditEvent event = single(access(interaction, null, BY_TOKEN, status, null, ENCOUNTER));

        // Then
        assertThat(profiles(event)).containsExactly(PROFILE + "Patient" + profile, TOKEN);
        AuditEventAgentComponent user = event.getAgent().getLast();
        assertThat(user.getType().getCoding())
                .extracting(type -> type.getCode())
                .contains("UserOauthAgent");
        assertThat(user.getPolicy())
                .extracting(policy -> policy.getValue())
                .containsExactly("urn:ietf:params:oauth:jti:onrtac:7f3c");
        assertThat(BalpProfile.faults(event)).isEmpty();
    }

    @Test
    void aRefusalTellsTheTokenToo() {
        assertThat(profiles(single(access("read", null, BY_TOKEN, 403, null, ENCOUNTER))))
                .containsExactly(OWN + "refusal", TOKEN);
    }

    @Test
    void aNewVersionThatWasRefusedNamesItsTypeAtLeast() {
        // When
        AuditEvent event = single(access("create", "POST", 422, null));

        // Then
        assertThat(entity(event, "2").getDescription()).isEqualTo("Encounter");
    }

    @Test
    void theSameEntryAlwaysGivesTheSameEvents() {
        // Given
        Access access = access("search-type", "GET", 200, "a=b", ENCOUNTER, new Entity("Encounter", "e2", 1L, "p2"));

        // When
        List<String> once = ids(BalpEvents.of("s", 7, access).toList());
        List<String> again = ids(BalpEvents.of("s", 7, access).toList());

        // Then
        assertThat(once).isEqualTo(again).doesNotHaveDuplicates();
        assertThat(ids(BalpEvents.of("s", 8, access).toList())).doesNotContainAnyElementsOf(once);
        assertThat(ids(BalpEvents.of("t", 7, access).toList())).doesNotContainAnyElementsOf(once);
    }

    @ParameterizedTest
    @CsvSource({
        "read, 200",
        "create, 201",
        "update, 200",
        "delete, 204",
        "search-type, 200",
        "history-type, 200",
        "capabilities, 200",
        "unknown, 404",
        "read, 503"
    })
    void everyEventIsValidByTheBaseRulesOfR4AndInItsOrder(String interaction, int status) {
        // When
        Resource event = events(access(interaction, "GET", status, null, ENCOUNTER))
                .getFirst()
                .resource();

        // Then
        isValidAndInOrder(event);
    }

    private static void isValidAndInOrder(Resource event) {
        assertThat(FhirJson.parse(event.bytes(), "AuditEvent").says(event)).isTrue();
        assertThat(FhirJson.context()
                        .newJsonParser()
                        .setParserErrorHandler(new StrictErrorHandler())
                        .parseResource(AuditEvent.class, new String(event.bytes(), UTF_8)))
                .satisfies(model -> assertThat(new String(FhirJson.encode(model), UTF_8))
                        .isEqualTo(new String(event.bytes(), UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "disclosure,             200, 110106, '',     topic",
        "login,                  200, 110114, 110122, session",
        "login,                  401, 110114, 110122, session",
        "logout,                 200, 110114, 110123, session",
        "user-security,          200, 110113, 110137, resource",
        "security-configuration, 200, 110113, 110129, resource"
    })
    void whatWasNoticedElsewhereIsOneEventOfItsTypeValidInR4(
            String interaction, int status, String type, String subtype, String object) {
        // Given
        Map<String, String> details = new LinkedHashMap<>();
        details.put(object, "what");
        details.put("error", "why");
        Access access = new AccessBuilder()
                .id(UUID.randomUUID())
                .at(Instant.parse("2026-11-30T08:30:00Z"))
                .interaction(interaction)
                .method("Event")
                .agent(new Agent("u1", "clinician", "clinical-app", List.of()))
                .networkAddress("192.0.2.7")
                .requestId("request-1")
                .status(status)
                .operation("what-it-was")
                .details(details)
                .build();

        // When
        Resource event = events(access).getFirst().resource();

        // Then
        AuditEvent model = single(access);
        assertThat(model.getType().getCode()).isEqualTo(type);
        assertThat(model.getSubtype()).extracting(code -> code.getCode()).endsWith("what-it-was");
        if (!subtype.isEmpty()) {
            assertThat(model.getSubtypeFirstRep().getCode()).isEqualTo(subtype);
        }
        assertThat(model.getOutcome().toCode()).isEqualTo(status == 200 ? "0" : "4");
        assertThat(model.getOutcomeDesc()).isEqualTo(status == 200 ? null : "why");
        assertThat(entity(model, "2").getWhat().getIdentifier().getValue()).isEqualTo("what");
        assertThat(entity(model, "2").getDetailFirstRep().getType()).isEqualTo("error");
        isValidAndInOrder(event);
    }

    @Test
    void whateverWasAskedAndAnsweredAnEventKeepsTheProfileItClaims() {
        List<String> interactions = List.of(
                "read",
                "vread",
                "create",
                "update",
                "patch",
                "delete",
                "search-type",
                "history-type",
                "unknown",
                "batch");
        Set<String> claimed = new TreeSet<>();
        for (long seed = 0; seed < 3000; seed++) {
            // Given
            Random random = new Random(seed);
            String interaction = interactions.get(random.nextInt(interactions.size()));
            Entity[] entities = new Entity[random.nextInt(4)];
            for (int i = 0; i < entities.length; i++) {
                entities[i] = new Entity(
                        List.of("Patient", "Encounter", "Organization").get(random.nextInt(3)),
                        "id" + i,
                        random.nextBoolean() ? null : 1L + i,
                        random.nextBoolean() ? null : "p" + random.nextInt(2));
            }
            int status = List.of(200, 201, 204, 304, 400, 404, 503).get(random.nextInt(7));
            Access access = new AccessBuilder()
                    .id(UUID.randomUUID())
                    .at(Instant.parse("2026-11-24T08:30:00Z"))
                    .interaction(interaction)
                    .method("GET")
                    .agent(List.of(
                                    CLINICIAN,
                                    BY_TOKEN,
                                    Agent.ANONYMOUS,
                                    new Agent("", "", "loader", List.of(), "onrtcc:1"))
                            .get(random.nextInt(4)))
                    .networkAddress(random.nextInt(4) == 0 ? "" : "192.0.2.7")
                    .requestId(random.nextInt(4) == 0 ? "" : "request-1")
                    .status(status)
                    .entities(List.of(entities))
                    .query(random.nextBoolean() ? null : "a=b")
                    .resourceType(random.nextInt(4) == 0 ? null : "Encounter")
                    .build();

            // When
            List<Append.Made> events = events(access);

            // Then
            for (Append.Made event : events) {
                assertThat(BalpProfile.faults(model(event))).as("seed %d", seed).isEmpty();
                claimed.addAll(BalpProfile.claimedBy(model(event)));
            }
        }
        assertThat(claimed)
                .containsExactlyInAnyOrder(
                        "OAUTHaccessTokenUse.Minimal",
                        "Read",
                        "PatientRead",
                        "Create",
                        "PatientCreate",
                        "Update",
                        "PatientUpdate",
                        "Delete",
                        "PatientDelete",
                        "Query",
                        "PatientQuery");
    }

    private static Access access(String interaction, String method, int status, String query, Entity... entities) {
        return request(interaction, method, status, query, entities).build();
    }

    private static AccessBuilder request(
            String interaction, String method, int status, String query, Entity... entities) {
        return new AccessBuilder()
                .id(UUID.randomUUID())
                .at(Instant.parse("2026-11-24T08:30:00Z"))
                .interaction(interaction)
                .method(method)
                .agent(CLINICIAN)
                .networkAddress("192.0.2.7")
                .requestId("request-1")
                .status(status)
                .entities(List.of(entities))
                .query(query)
                .resourceType("Encounter");
    }

    private static Access access(
            String interaction, String operation, Agent agent, int status, String query, Entity... entities) {
        return request(interaction, "GET", status, query, entities)
                .agent(agent)
                .operation(operation)
                .build();
    }

    private static List<Append.Made> events(Access access) {
        return BalpEvents.of("encounter-service", 7, access).toList();
    }

    private static AuditEvent single(Access access) {
        List<Append.Made> events = events(access);
        assertThat(events).hasSize(1);
        return model(events.getFirst());
    }

    private static AuditEvent model(Append.Made event) {
        return (AuditEvent) FhirJson.model(event.resource());
    }

    private static List<String> ids(List<Append.Made> events) {
        return events.stream().map(event -> event.resource().id()).toList();
    }

    private static List<String> profiles(AuditEvent event) {
        return event.getMeta().getProfile().stream()
                .map(profile -> profile.getValue())
                .toList();
    }

    private static AuditEventAgentComponent agent(AuditEvent event, String type) {
        List<AuditEventAgentComponent> agents = event.getAgent().stream()
                .filter(agent -> agent.getType().getCodingFirstRep().getCode().equals(type))
                .toList();
        assertThat(agents).hasSize(1);
        return agents.getFirst();
    }

    private static AuditEventEntityComponent entity(AuditEvent event, String type) {
        List<AuditEventEntityComponent> entities = event.getEntity().stream()
                .filter(entity -> entity.getType().getCode().equals(type))
                .toList();
        assertThat(entities).hasSize(1);
        return entities.getFirst();
    }

    private static List<String> references(AuditEvent event) {
        return event.getEntity().stream()
                .filter(entity -> entity.getWhat().hasReference())
                .map(entity -> entity.getWhat().getReference())
                .toList();
    }
}
