package org.carelog.access;

import java.util.Set;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Domain;
import org.carelog.fhir.Interaction.Action;

/** What an actor may do with, and see of, a type. Pure. */
public final class Policy {
    private Policy() {}

    /** Whether any role of the actor permits the action on the type at all. */
    public static boolean permits(Actor actor, Action action, HostedType type) {
        return actor.roles().stream().anyMatch(role -> role.permits(action, type.domain()));
    }

    /** Whether the actor may be told how the system does its work, and mend it. */
    public static boolean mayOperate(Actor actor) {
        return actor.roles().contains(Role.ADMINISTRATOR);
    }

    /** Whether the actor may be told, and have looked, whether the audit log is whole. */
    public static boolean mayAudit(Actor actor) {
        return actor.roles().contains(Role.COMPLIANCE);
    }

    /** The instances of the type that the actor may see. The widest role counts. */
    public static Visibility visibility(Actor actor, HostedType type) {
        Set<Role> roles = actor.roles();
        if (roles.stream().anyMatch(role -> role != Role.PATIENT && role.permits(Action.READ, type.domain()))) {
            return new Visibility.Everything();
        }
        if (roles.contains(Role.PATIENT) && type.domain() == Domain.DIRECTORY) {
            // names no patient
            return new Visibility.Everything();
        }
        if (roles.contains(Role.PATIENT) && Role.PATIENT.permits(Action.READ, type.domain())) {
            return actor.patient().<Visibility>map(Visibility.Compartment::new).orElseGet(Visibility.Nothing::new);
        }
        return new Visibility.Nothing();
    }
}
