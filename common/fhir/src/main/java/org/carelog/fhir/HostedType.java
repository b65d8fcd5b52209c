package org.carelog.fhir;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.definition.TypeDefinition;

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
        /** This service is the source of some instances and another one of others, as {@link Ownership} says. */
        SHARED,
        /** The same, and it keeps copies of those others. */
        SHARED_AND_PROJECTED,
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
        /** Who and where care is given: no patient's data. */
        DIRECTORY,
        /** Who looked. */
        AUDIT;

        /** The domain of this name in lower case. */
        public static Domain of(String word) {
            return Stream.of(values())
                    .filter(domain -> domain.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no domain " + word));
        }
    }

    public HostedType {
        if (!TypeDefinition.isResourceType(name)) {
            throw new IllegalArgumentException("%s is no resource type of R4".formatted(name));
        }
        Objects.requireNonNull(hosting, "hosting");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(compartment, "compartment");
        searchParameters = List.copyOf(searchParameters);
        rules = List.copyOf(rules);
    }

    /** Whether clients write resources of the type to this service. */
    public boolean isWritten() {
        return hosting == Hosting.OWNED || isShared();
    }

    /** Whether the instance decides which service owns it. */
    public boolean isShared() {
        return hosting == Hosting.SHARED || hosting == Hosting.SHARED_AND_PROJECTED;
    }

    /** Whether this service keeps copies of what another one owns. */
    public boolean isProjected() {
        return hosting == Hosting.PROJECTED || hosting == Hosting.SHARED_AND_PROJECTED;
    }

    /** Whether the dates of such a resource say when a patient was cared for. */
    public boolean hasCareDates() {
        return domain == Domain.CARE && !(compartment instanceof Compartment.Outside);
    }

    /** The same, and no client writes it. */
    public HostedType readOnly() {
        return new HostedType(name, Hosting.READ_ONLY, domain, compartment, searchParameters, rules);
    }

    /** The same, searched by these parameters only. */
    public HostedType searchedBy(String... parameters) {
        return new HostedType(name, hosting, domain, compartment, List.of(parameters), rules);
    }

    /** The same, with these rules for its content. */
    public HostedType keeping(ContentRule... kept) {
        return new HostedType(name, hosting, domain, compartment, searchParameters, List.of(kept));
    }

    /** The interactions that are served for the type. */
    public Set<Interaction> interactions() {
        Set<Interaction> served = EnumSet.of(
                Interaction.READ,
                Interaction.VREAD,
                Interaction.HISTORY_INSTANCE,
                Interaction.HISTORY_TYPE,
                Interaction.SEARCH_TYPE);
        if (isWritten()) {
            served.addAll(EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.PATCH, Interaction.DELETE));
        }
        return served;
    }
}
