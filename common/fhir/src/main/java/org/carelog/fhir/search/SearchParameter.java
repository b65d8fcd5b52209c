package org.carelog.fhir.search;

import ca.uhn.fhir.context.RuntimeSearchParam;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.carelog.fhir.ParameterDefinitions;

/**
 * A search parameter of a resource type, as R4 defines it.
 *
 * @param owner the resource type
 * @param targets for a reference, the types it may lead to; empty: any
 * @param indexedAs the name under which its values stand in the index: its own, or that of a parameter that has them all
 */
public record SearchParameter(
        String owner, String name, ParameterType type, List<String> targets, ElementPath path, String indexedAs) {
    /** Stands in index rows for a reference that no parameter is about. */
    public static final int NO_KEY = 0;

    public SearchParameter {
        targets = List.copyOf(targets);
    }

    /** With values of its own in the index. */
    public SearchParameter(String owner, String name, ParameterType type, List<String> targets, ElementPath path) {
        this(owner, name, type, targets, path, name);
    }

    /** {@code _id} and {@code _lastUpdated}, which every type has and no index row is needed for. */
    static List<SearchParameter> common(String owner) {
        return List.of(
                new SearchParameter(owner, "_id", ParameterType.ID, List.of(), null),
                new SearchParameter(owner, "_lastUpdated", ParameterType.LAST_UPDATED, List.of(), null));
    }

    /** @throws IllegalArgumentException when R4 does not define it, or the definition is not understood */
    static SearchParameter of(String owner, String name) {
        RuntimeSearchParam definition = ParameterDefinitions.find(owner, name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "R4 defines no search parameter %s for %s".formatted(name, owner)));
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

    /** The same, without index rows of its own if one of these has them: {@code patient} with {@code subject}. */
    SearchParameter sharing(Collection<SearchParameter> all) {
        return all.stream()
                .filter(this::isPartOf)
                .findFirst()
                .or(() -> all.stream().filter(this::isSameAs).findFirst())
                .map(other -> new SearchParameter(owner, name, type, targets, path, other.name))
                .orElse(this);
    }

    /** Whether it has those references of the other one that lead to a single type. */
    private boolean isPartOf(SearchParameter other) {
        return type == ParameterType.REFERENCE
                && other.type == ParameterType.REFERENCE
                && targets.size() == 1
                && other.canTarget(targets.getFirst())
                && other.path.to(targets.getFirst()).equals(path);
    }

    private boolean isSameAs(SearchParameter other) {
        return path != null && path.equals(other.path) && type == other.type && targets.equals(other.targets);
    }

    boolean hasOwnRows() {
        return indexedAs.equals(name);
    }

    /**
     * Names the parameter in index rows; {@link SearchableTypes} sees to it that no two share one, but those whose rows are the
     * same.
     */
    public int key() {
        return (int) ValueHash.of(owner, indexedAs);
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
