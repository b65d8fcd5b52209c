package org.carelog.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.audit.ingest.BalpEvents;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/audit-profiles}: what AuditEvents keep where BALP has no profile. */
class AuditProfilesTest {
    private static final String OWN = "urn:carelog:profile:audit-";
    private static final Agent CLINICIAN =
            new Agent("sub-1", "clinician", "clinical-app", List.of("clinician"), "onrtac:1b4e28ba");
    private static final Agent CLIENT = new Agent("", "", "integration-engine", List.of());
    private static final Entity ENCOUNTER = new Entity("Encounter", "e1", 3L, "p1");
    private static final Entity OF_NOBODY = new Entity("Organization", "o1", 1L, null);

    private static final Map<String, StructureDefinition> FILES = Checkout.texts(".json").stream()
            .filter(file -> Checkout.name(file).startsWith("docs/audit-profiles/"))
            .collect(Collectors.toMap(
                    file -> Checkout.name(file).replaceFirst(".*/(.*)\\.json", "$1"),
                    file -> FhirJson.context()
                            .newJsonParser()
                            .parseResource(StructureDefinition.class, Checkout.text(file))));

    private static final ProfileValidator VALIDATOR = new ProfileValidator(List.copyOf(FILES.values()));

    @Test
    void eachFileIsNamedAsItsProfileAndSaysWhatItIs() {
        assertThat(FILES).isNotEmpty().allSatisfy((name, profile) -> {
            assertThat(profile.getUrl()).isEqualTo(OWN + name);
            assertThat(profile.getId()).endsWith("audit-" + name);
            assertThat(profile.getDescription()).isNotBlank();
            assertThat(profile.getType()).isEqualTo("AuditEvent");
            assertThat(VALIDATOR.errors(FhirJson.context().newJsonParser().encodeResourceToString(profile)))
                    .isEmpty();
        });
    }

    @Test
    void whatIsClaimedIsAFileAndEachFileIsClaimed() {
        // When
        Set<String> claimed = new TreeSet<>();
        events().forEach(event -> own(event).forEach(claimed::add));

        // Then
        assertThat(claimed)
                .containsExactlyInAnyOrderElementsOf(FILES.entrySet().stream()
                        .filter(file -> !file.getValue().getAbstract())
                        .map(Map.Entry::getKey)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventKeepsTheProfilesThatItClaimsAndNoOther(AuditEvent event) {
        // Given
        String json = FhirJson.context().newJsonParser().encodeResourceToString(event);
        Set<String> claimed = own(event);

        // When, Then
        assertThat(VALIDATOR.errors(json)).isEmpty();
        assertThat(FILES.keySet())
                .filteredOn(name -> !name.equals("request") && !claimed.contains(name))
                .allSatisfy(
                        name -> assertThat(VALIDATOR.errors(json, OWN + name)).isNotEmpty());
    }

    private static Set<String> own(AuditEvent event) {
        return event.getMeta().getProfile().stream()
                .map(CanonicalType::getValue)
                .filter(profile -> profile.startsWith(OWN))
                .map(profile -> profile.substring(OWN.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of each interaction, and of each thing that is noticed, in several ways. */
    static Stream<AuditEvent> events() {
        List<Access> accesses = new ArrayList<>();
        for (String interaction : List.of("history-instance", "history-type", "history-system", "capabilities")) {
            accesses.add(request(interaction, null, 200, CLINICIAN, null, ENCOUNTER));
        }
        for (String interaction : List.of("batch", "transaction")) {
            accesses.add(request(interaction, null, 200, CLINICIAN, null, ENCOUNTER, OF_NOBODY));
        }
        accesses.add(request("operation", "everything", 200, CLINICIAN, "_count=5", ENCOUNTER, OF_NOBODY));
        accesses.add(request("operation", "audit-reconciliation", 200, CLIENT, "full=false", OF_NOBODY));
        for (String interaction : List.of("read", "create", "search-type", "delete", "unknown", "operation")) {
            String operation = interaction.equals("operation") ? "validate" : null;
            accesses.add(request(interaction, operation, 403, CLINICIAN, null, ENCOUNTER));
            accesses.add(request(interaction, operation, 401, Agent.ANONYMOUS, "a=b"));
            accesses.add(request(interaction, operation, 503, CLIENT, null));
        }
        for (String interaction : List.of("read", "vread", "create", "update", "patch", "delete", "search-type")) {
            accesses.add(request(interaction, null, 200, CLINICIAN, "a=b", ENCOUNTER));
            accesses.add(request(interaction, null, 200, CLIENT, "a=b", OF_NOBODY));
        }
        accesses.add(noticed("disclosure", "session-began", CLIENT, "topic", "t", "group", "g", "session", "s"));
        accesses.add(noticed(
                "disclosure",
                "consumed",
                CLIENT,
                "topic",
                "t",
                "partition",
                "0",
                "firstOffset",
                "3",
                "lastOffset",
                "9",
                "group",
                "g"));
        accesses.add(noticed("login", "login", CLINICIAN, "session", "s"));
        accesses.add(noticed("login", "client-login-error", CLIENT, "error", "client_not_found"));
        accesses.add(noticed("logout", "logout", CLINICIAN, "session", "s"));
        accesses.add(noticed("user-security", "create-realm-role-mapping", CLINICIAN, "resource", "users/u1"));
        accesses.add(noticed("security-configuration", "update-realm", CLINICIAN, "realm", "r"));
        return accesses.stream()
                .flatMap(access -> BalpEvents.of("encounter-service", 7, access))
                .map(made -> FhirJson.context()
                        .newJsonParser()
                        .parseResource(
                                AuditEvent.class, new String(made.resource().bytes(), UTF_8)));
    }

    private static Access request(
            String interaction, String operation, int status, Agent agent, String query, Entity... entities) {
        return access(interaction, operation, agent)
                .method("GET")
                .requestId("request-1")
                .status(status)
                .entities(List.of(entities))
                .query(query)
                .resourceType("Encounter")
                .build();
    }

    private static Access noticed(String interaction, String operation, Agent agent, String... details) {
        Map<String, String> told = new LinkedHashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            told.put(details[i], details[i + 1]);
        }
        return access(interaction, operation, agent)
                .method("Event")
                .requestId("event-1")
                .status(told.containsKey("error") ? 401 : 200)
                .details(told)
                .build();
    }

    private static AccessBuilder access(String interaction, String operation, Agent agent) {
        return new AccessBuilder()
                .id(UUID.randomUUID())
                .at(Instant.parse("2026-11-30T08:30:00Z"))
                .interaction(interaction)
                .operation(operation)
                .agent(agent)
                .networkAddress("192.0.2.7");
    }
}
