package org.carelog.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.fhir.Interaction.Action.CREATE;
import static org.carelog.fhir.Interaction.Action.DELETE;
import static org.carelog.fhir.Interaction.Action.READ;
import static org.carelog.fhir.Interaction.Action.UPDATE;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Domain;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.Interaction.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    private static final HostedType PATIENT = type("Patient", Domain.IDENTITY);
    private static final HostedType ENCOUNTER = type("Encounter", Domain.CARE);
    private static final HostedType PRACTITIONER = type("Practitioner", Domain.DIRECTORY);
    private static final HostedType AUDIT_EVENT = type("AuditEvent", Domain.AUDIT);

    @ParameterizedTest
    @MethodSource("permissions")
    void aRolePermits(Role role, HostedType type, Set<Action> expected) {
        // When
        Set<Action> permitted = EnumSet.allOf(Action.class).stream()
                .filter(action -> Policy.permits(actor(Optional.empty(), role), action, type))
                .collect(Collectors.toSet());

        // Then
        assertThat(permitted).isEqualTo(expected);
    }

    static Stream<Arguments> permissions() {
        Set<Action> none = Set.of();
        Set<Action> all = Set.of(CREATE, READ, UPDATE, DELETE);
        Set<Action> noDelete = Set.of(CREATE, READ, UPDATE);
        Set<Action> read = Set.of(READ);
        return Stream.of(
                Arguments.of(Role.CLINICIAN, PATIENT, noDelete),
                Arguments.of(Role.CLINICIAN, ENCOUNTER, all),
                Arguments.of(Role.CLINICIAN, PRACTITIONER, noDelete),
                Arguments.of(Role.CLINICIAN, AUDIT_EVENT, none),
                Arguments.of(Role.REGISTRAR, PATIENT, all),
                Arguments.of(Role.REGISTRAR, ENCOUNTER, noDelete),
                Arguments.of(Role.REGISTRAR, PRACTITIONER, all),
                Arguments.of(Role.REGISTRAR, AUDIT_EVENT, none),
                Arguments.of(Role.PATIENT, PATIENT, read),
                Arguments.of(Role.PATIENT, ENCOUNTER, read),
                Arguments.of(Role.PATIENT, PRACTITIONER, read),
                Arguments.of(Role.PATIENT, AUDIT_EVENT, none),
                Arguments.of(Role.COMPLIANCE, PATIENT, none),
                Arguments.of(Role.COMPLIANCE, ENCOUNTER, none),
                Arguments.of(Role.COMPLIANCE, PRACTITIONER, none),
                Arguments.of(Role.COMPLIANCE, AUDIT_EVENT, read),
                Arguments.of(Role.ADMINISTRATOR, PATIENT, none),
                Arguments.of(Role.ADMINISTRATOR, ENCOUNTER, none),
                Arguments.of(Role.ADMINISTRATOR, PRACTITIONER, none),
                Arguments.of(Role.ADMINISTRATOR, AUDIT_EVENT, none),
                Arguments.of(Role.LOADER, PATIENT, noDelete),
                Arguments.of(Role.LOADER, ENCOUNTER, noDelete),
                Arguments.of(Role.LOADER, PRACTITIONER, noDelete),
                Arguments.of(Role.LOADER, AUDIT_EVENT, none),
                Arguments.of(Role.INTEGRATION_ENGINE, PATIENT, none),
                Arguments.of(Role.INTEGRATION_ENGINE, ENCOUNTER, none),
                Arguments.of(Role.INTEGRATION_ENGINE, PRACTITIONER, none),
                Arguments.of(Role.INTEGRATION_ENGINE, AUDIT_EVENT, none),
                Arguments.of(Role.SERVICE, PATIENT, read),
                Arguments.of(Role.SERVICE, ENCOUNTER, read),
                Arguments.of(Role.SERVICE, PRACTITIONER, read),
                Arguments.of(Role.SERVICE, AUDIT_EVENT, none));
    }

    @Test
    void aPatientSeesTheOwnCompartmentOnly() {
        // When
        Visibility visibility = Policy.visibility(actor(Optional.of("a"), Role.PATIENT), ENCOUNTER);

        // Then
        assertThat(visibility).isEqualTo(new Visibility.Compartment("a"));
    }

    @Test
    void aPatientSeesTheWholeDirectory() {
        // When
        Visibility visibility = Policy.visibility(actor(Optional.of("a"), Role.PATIENT), PRACTITIONER);

        // Then
        assertThat(visibility).isEqualTo(new Visibility.Everything());
    }

    @Test
    void aPatientWhoIsNoRecordSeesNothing() {
        // When
        Visibility visibility = Policy.visibility(actor(Optional.empty(), Role.PATIENT), PATIENT);

        // Then
        assertThat(visibility).isEqualTo(new Visibility.Nothing());
    }

    @Test
    void theWidestRoleCounts() {
        // When
        Visibility visibility = Policy.visibility(actor(Optional.of("a"), Role.PATIENT, Role.CLINICIAN), PATIENT);

        // Then
        assertThat(visibility).isEqualTo(new Visibility.Everything());
    }

    @Test
    void whoMayNotReadSeesNothing() {
        // When
        Visibility visibility = Policy.visibility(actor(Optional.empty(), Role.COMPLIANCE), PATIENT);

        // Then
        assertThat(visibility).isEqualTo(new Visibility.Nothing());
    }

    private static Actor actor(Optional<String> patient, Role... roles) {
        return new Actor("s", "n", "c", Set.of(roles), patient, "");
    }

    private static HostedType type(String name, Domain domain) {
        return new HostedType(name, Hosting.OWNED, domain, new Compartment.Outside(), List.of(), List.of());
    }
}
