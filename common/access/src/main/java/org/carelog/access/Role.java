package org.carelog.access;

import static org.carelog.fhir.HostedType.Domain.AUDIT;
import static org.carelog.fhir.HostedType.Domain.CARE;
import static org.carelog.fhir.HostedType.Domain.DIRECTORY;
import static org.carelog.fhir.HostedType.Domain.IDENTITY;
import static org.carelog.fhir.Interaction.Action.CREATE;
import static org.carelog.fhir.Interaction.Action.READ;
import static org.carelog.fhir.Interaction.Action.UPDATE;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.HostedType.Domain;
import org.carelog.fhir.Interaction.Action;

/** The realm roles that mean something here, and what each may do in each domain of the record. */
public enum Role {
    CLINICIAN("clinician", Map.of(IDENTITY, Grant.KEEP, CARE, Grant.ALL, DIRECTORY, Grant.KEEP)),
    REGISTRAR("registrar", Map.of(IDENTITY, Grant.ALL, CARE, Grant.KEEP, DIRECTORY, Grant.ALL)),
    /** Sees the own compartment, and the directory. */
    PATIENT("patient", Map.of(IDENTITY, Grant.LOOK, CARE, Grant.LOOK, DIRECTORY, Grant.LOOK)),
    COMPLIANCE("compliance", Map.of(AUDIT, Grant.LOOK)),
    /** Operates the system: sees how searches are answered, and what events were not applied. The record another role has to permit. */
    ADMINISTRATOR("administrator", Map.of()),
    LOADER("loader", Map.of(IDENTITY, Grant.KEEP, CARE, Grant.KEEP, DIRECTORY, Grant.KEEP)),
    /** Consumes events; no access over REST. */
    INTEGRATION_ENGINE("integration-engine", Map.of()),
    /** Another service of this system, which asks the owner for a record that its events have not brought yet. */
    SERVICE("service", Map.of(IDENTITY, Grant.LOOK, CARE, Grant.LOOK, DIRECTORY, Grant.LOOK));

    private static final class Grant {
        private static final Set<Action> ALL = Set.of(Action.values());
        private static final Set<Action> KEEP = Set.of(CREATE, READ, UPDATE);
        private static final Set<Action> LOOK = Set.of(READ);
    }

    private final String claim;
    private final Map<Domain, Set<Action>> permissions;

    Role(String claim, Map<Domain, Set<Action>> permissions) {
        this.claim = claim;
        this.permissions = permissions;
    }

    /** The name of the role in the realm. */
    public String claim() {
        return claim;
    }

    boolean permits(Action action, Domain domain) {
        return permissions.getOrDefault(domain, Set.of()).contains(action);
    }

    static Optional<Role> ofClaim(String claim) {
        return Stream.of(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }
}
