package org.carelog.fhir;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A resource type as a service declares it; from this the engine serves it.
 *
 * @param name the resource type, such as {@code Patient}
 * @param hosting what this service does with it
 * @param domain the part of the record it belongs to, by which roles are given permissions
 * @param compartment how its patient is found
 * @param searchParameters the codes of R4 search parameters that are indexed and answered
 * @param rules what its content must keep beyond the base rules of R4
 */
public record HostedType(
        String name,
        Hosting hosting,
        Domain domain,
        Compartment compartment,
        List<String> searchParameters,
        List<ContentRule> rules) {

    public enum Hosting {
        /** This service is the source: clients write it here. */
        OWNED,
        /** This service is the source, and no client writes it. */
        READ_ONLY,
        /** A copy of what another service owns, kept by its events. */
        PROJECTED
    }

    public enum Domain {
        /** Who the patient is. */
        IDENTITY,
        /** What was done for the patient. */
        CARE,
        /** Who looked. */
        AUDIT
    }

    public HostedType {
        if (!FhirJson.context().getResourceTypes().contains(name)) {
            throw new IllegalArgumentException("%s is no resource type of R4".formatted(name));
        }
        searchParameters = List.copyOf(searchParameters);
        rules = List.copyOf(rules);
    }

    /** The interactions that are served for the type. */
    public Set<Interaction> interactions() {
        Set<Interaction> served = EnumSet.of(
                Interaction.READ,
                Interaction.VREAD,
                Interaction.HISTORY_INSTANCE,
                Interaction.HISTORY_TYPE,
                Interaction.SEARCH_TYPE);
        if (hosting == Hosting.OWNED) {
            served.addAll(EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.DELETE));
        }
        return served;
    }
}
