package org.carelog.fhir;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The closed registry of what a service hosts, and of who owns what it does not. Immutable. */
public final class HostedTypes {
    private final Map<String, HostedType> byName = new LinkedHashMap<>();
    private final String service;
    private final Map<String, Ownership> owners;
    private final Map<String, List<String>> copies;

    /** Of a service that knows of no other. */
    public HostedTypes(List<HostedType> types) {
        this(types, "", Map.of(), Map.of());
    }

    /**
     * @param service the name of this service
     * @param owners by type, of this service's types and all others, as they were declared
     * @param copies by type, the services that keep a copy of it
     */
    public HostedTypes(
            List<HostedType> types, String service, Map<String, Ownership> owners, Map<String, List<String>> copies) {
        this.service = service;
        this.owners = Collections.unmodifiableMap(new LinkedHashMap<>(owners));
        this.copies = Map.copyOf(copies);
        for (HostedType type : types) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("%s is declared twice".formatted(type.name()));
            }
        }
    }

    /** The same, with what a service has to say of one of its types. */
    public HostedTypes with(String name, UnaryOperator<HostedType> change) {
        return new HostedTypes(
                byName.values().stream()
                        .map(type -> type.name().equals(name) ? change.apply(type) : type)
                        .toList(),
                service,
                owners,
                copies);
    }

    /** The name of this service. */
    public String service() {
        return service;
    }

    public Collection<HostedType> all() {
        return byName.values();
    }

    public Optional<HostedType> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The type, or {@link FhirProblem.UnknownType}. */
    public HostedType require(String name) {
        return find(name).orElseThrow(() -> new FhirProblemException(new FhirProblem.UnknownType()));
    }

    /**
     * The other service to which the type is written. Empty when it is this one, when nobody owns the type, and when the
     * resource decides.
     */
    public Optional<String> foreignOwner(String type) {
        return Optional.ofNullable(fixedOwner(type)).filter(owner -> !owner.equals(service));
    }

    /** The other service to which this resource is written. Empty when it is this one, or nobody owns the type. */
    public Optional<String> foreignOwner(Resource resource, String baseUrl) {
        return Optional.ofNullable(owners.get(resource.type()))
                .map(ownership -> ownership.of(resource, baseUrl, this::fixedOwner))
                .filter(owner -> !owner.equals(service));
    }

    /** The other services that own resources of the type. */
    public List<String> otherOwners(String type) {
        Ownership ownership = owners.get(type);
        return ownership == null
                ? List.of()
                : ownership.services().stream()
                        .filter(owner -> !owner.equals(service))
                        .toList();
    }

    /** All other services. */
    public Collection<String> otherOwners() {
        TreeSet<String> others = new TreeSet<>();
        owners.keySet().forEach(type -> others.addAll(otherOwners(type)));
        return others;
    }

    /**
     * The other services that have a part of the compartments of this kind: they know those it is named after, and own
     * something that is in it.
     *
     * @param compartment the type that it is named after, such as {@code Patient}
     */
    public List<String> othersWithPartOf(String compartment) {
        TreeSet<String> parts = new TreeSet<>();
        owners.keySet().stream()
                .filter(type ->
                        !CompartmentDefinition.parameters(compartment, type).isEmpty())
                .forEach(type -> parts.addAll(otherOwners(type)));
        parts.removeIf(other -> !otherOwners(compartment).contains(other)
                && !copies.getOrDefault(compartment, List.of()).contains(other));
        return List.copyOf(parts);
    }

    /** The first declared type that only this service owns: its address for what is about none. */
    public String firstTypeOf(String owner) {
        return owners.keySet().stream()
                .filter(type -> owner.equals(fixedOwner(type)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(owner + " owns no type"));
    }

    private String fixedOwner(String type) {
        Ownership ownership = owners.get(type);
        return ownership == null || ownership.services().size() > 1
                ? null
                : ownership.services().getFirst();
    }
}
