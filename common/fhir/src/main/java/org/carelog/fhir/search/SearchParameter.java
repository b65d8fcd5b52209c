package org.carelog.fhir.search;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carelog.fhir.definition.SearchParameterDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/**
 * A search parameter of a resource type, as R4 defines it.
 *
 * @param owner the resource type
 * @param targets for a reference, the types it may lead to; empty: any
 * @param path null where the index has no rows of its own for it: of the head's values, of words, and of a composite
 * @param indexedAs the name under which its values stand in the index: its own, or that of a parameter that has them all
 * @param parts the parameters that have its values between them; none: it has them in the index itself
 * @param occurrences what a composite is about; of others none
 */
public record SearchParameter(
        String owner,
        String name,
        ParameterType type,
        List<String> targets,
        ElementPath path,
        String indexedAs,
        List<SearchParameter> parts,
        List<Occurrence> occurrences) {
    private static final Set<ParameterType> JOINED = EnumSet.of(ParameterType.TOKEN, ParameterType.QUANTITY);

    /** Stands in index rows for a reference that no parameter is about. */
    public static final int NO_KEY = 0;

    public SearchParameter {
        targets = List.copyOf(targets);
        parts = List.copyOf(parts);
        occurrences = List.copyOf(occurrences);
    }

    /** With values of its own in the index. */
    public SearchParameter(String owner, String name, ParameterType type, List<String> targets, ElementPath path) {
        this(owner, name, type, targets, path, name, List.of(), List.of());
    }

    /** Those of every type for which no index row is needed. */
    static List<SearchParameter> common(String owner) {
        return List.of(
                new SearchParameter(owner, "_id", ParameterType.ID, List.of(), null),
                new SearchParameter(owner, "_lastUpdated", ParameterType.LAST_UPDATED, List.of(), null),
                new SearchParameter(owner, WordSemantics.NARRATIVE, ParameterType.WORDS, List.of(), null),
                new SearchParameter(owner, WordSemantics.CONTENT, ParameterType.WORDS, List.of(), null));
    }

    /** @throws IllegalArgumentException when R4 does not define it, or the definition is not understood */
    static SearchParameter of(String owner, String name) {
        SearchParameterDefinition definition = TypeDefinition.of(owner)
                .searchParameter(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "R4 defines no search parameter %s for %s".formatted(name, owner)));
        ParameterType type = ParameterType.of(owner, name, definition.type());
        if (type == ParameterType.COMPOSITE) {
            return new SearchParameter(owner, name, type, List.of(), null);
        }
        ElementPath path = ElementPath.compile(owner, definition.path());
        for (String datatype : path.datatypes()) {
            if (!type.semantics().datatypes().contains(datatype)
                    && !type.semantics().valueless().contains(datatype)) {
                throw new IllegalArgumentException("%s.%s is a %s parameter over %s, which is not understood"
                        .formatted(owner, name, type.word(), datatype));
            }
        }
        return new SearchParameter(owner, name, type, definition.targets(), path);
    }

    /** As it was read. */
    SearchParameterDefinition definition() {
        return TypeDefinition.of(owner).searchParameter(name).orElseThrow();
    }

    /** The same, without index rows of its own if one of these has them: {@code patient} with {@code subject}. */
    SearchParameter sharing(Collection<SearchParameter> all) {
        return all.stream()
                .filter(this::isPartOf)
                .findFirst()
                .or(() -> all.stream().filter(this::isSameAs).findFirst())
                .map(other -> new SearchParameter(owner, name, type, targets, path, other.name, List.of(), List.of()))
                .orElse(this);
    }

    /** The same, without index rows if others have them between them: {@code combo-code} of {@code code} and {@code component-code}. */
    SearchParameter joining(Collection<SearchParameter> all) {
        if (!JOINED.contains(type) || path == null || path.branches().size() < 2) {
            return this;
        }
        List<SearchParameter> found = all.stream()
                .filter(other -> other.type == type && other.path != null && other.hasOwnRows())
                .filter(other -> other.path.branches().size() < path.branches().size())
                .filter(other -> path.branches().containsAll(other.path.branches()))
                .toList();
        boolean isWhole = found.stream()
                .flatMap(part -> part.path.branches().stream())
                .collect(Collectors.toSet())
                .containsAll(path.branches());
        return isWhole ? new SearchParameter(owner, name, type, targets, path, indexedAs, found, List.of()) : this;
    }

    /** The same, where it is a composite of others. */
    SearchParameter composed(Function<String, Optional<SearchParameter>> others) {
        return type == ParameterType.COMPOSITE
                ? new SearchParameter(
                        owner, name, type, targets, null, indexedAs, List.of(), Composite.occurrences(this, others))
                : this;
    }

    /** Whether it has an order: of several parts, one look has to tell. */
    boolean isSortable() {
        return type.isSortable() && (parts.isEmpty() || type == ParameterType.TOKEN);
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
