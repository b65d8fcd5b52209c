package org.carelog.fhir;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The closed registry of what a service hosts. Immutable. */
public final class HostedTypes {
    private final Map<String, HostedType> byName = new LinkedHashMap<>();

    public HostedTypes(List<HostedType> types) {
        for (HostedType type : types) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("%s is declared twice".formatted(type.name()));
            }
        }
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
}
