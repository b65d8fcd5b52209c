package org.carelog.fhir.search;

import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.List;
import java.util.TreeSet;
import org.carelog.fhir.FhirJson;

/**
 * A search parameter of a resource type, as R4 defines it.
 *
 * @param owner the resource type
 * @param targets for a reference, the types it may lead to; empty: any
 */
public record SearchParameter(String owner, String name, ParameterType type, List<String> targets, ElementPath path) {
    /** Stands in index rows for a reference that no parameter is about. */
    public static final int NO_KEY = 0;

    public SearchParameter {
        targets = List.copyOf(targets);
    }

    /** {@code _id} and {@code _lastUpdated}, which every type has and no index row is needed for. */
    static List<SearchParameter> common(String owner) {
        return List.of(
                new SearchParameter(owner, "_id", ParameterType.ID, List.of(), null),
                new SearchParameter(owner, "_lastUpdated", ParameterType.LAST_UPDATED, List.of(), null));
    }

    /** @throws IllegalArgumentException when R4 does not define it, or the definition is not understood */
    static SearchParameter of(String owner, String name) {
        RuntimeSearchParam definition =
                FhirJson.context().getResourceDefinition(owner).getSearchParam(name);
        if (definition == null) {
            throw new IllegalArgumentException("R4 defines no search parameter %s for %s".formatted(name, owner));
        }
        ParameterType type = ParameterType.of(owner, name, definition.getParamType());
        ElementPath path = ElementPath.compile(owner, definition.getPath());
        for (String datatype : path.datatypes()) {
            if (!type.semantics().datatypes().contains(datatype)
                    && !type.semantics().valueless().contains(datatype)) {
                throw new IllegalArgumentException("%s.%s is a %s parameter over %s, which is not understood"
                        .formatted(owner, name, type.word(), datatype));
            }
        }
        return new SearchParameter(owner, name, type, List.copyOf(new TreeSet<>(definition.getTargets())), path);
    }

    /** Names the parameter in index rows; {@link SearchableTypes} sees to it that no two share one. */
    public int key() {
        return (int) ValueHash.of(owner, name);
    }

    /** Whether the reference may lead to a resource of the type. */
    public boolean canTarget(String resourceType) {
        return targets.isEmpty() || targets.contains(resourceType);
    }

    @Override
    public String toString() {
        return owner + ":" + name;
    }
}
