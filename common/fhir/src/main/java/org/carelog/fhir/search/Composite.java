package org.carelog.fhir.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carelog.fhir.definition.SearchParameterDefinition;

/**
 * The occurrences that a composite parameter is about. Of some there is one in a resource: both components hold of it when
 * they hold of the resource. Of others there are several, and what is in one together is indexed together.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#composite">FHIR R4, composite</a>
 */
final class Composite {
    private Composite() {}

    /**
     * @param others the type's parameters, by name
     * @throws IllegalArgumentException when it is of a form that is not understood
     */
    static List<Occurrence> occurrences(SearchParameter composite, Function<String, Optional<SearchParameter>> others) {
        SearchParameterDefinition definition = composite.definition();
        List<SearchParameter> components = definition.components().stream()
                .map(component -> name(composite, component.reference()))
                .flatMap(name -> others.apply(name).stream())
                .toList();
        if (components.size() != 2) {
            throw notUnderstood(composite);
        }
        return Stream.of(definition.path().split("\\|"))
                .map(root -> RelativePath.root(composite.owner(), root.strip()))
                .map(root -> new Occurrence(
                        composite, root, component(root, components.getFirst()), component(root, components.getLast())))
                .toList();
    }

    private static String name(SearchParameter composite, String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1).replaceFirst(composite.owner() + "-", "");
    }

    /** Of a parameter that has several parts, the one that is about this occurrence. */
    private static Occurrence.Component component(RelativePath root, SearchParameter parameter) {
        return (parameter.parts().isEmpty() ? Stream.of(parameter) : parameter.parts().stream())
                .flatMap(part -> root.within(part.owner(), part.path()).stream()
                        .map(path -> new Occurrence.Component(part, path)))
                .findFirst()
                .orElseThrow(() -> notUnderstood(parameter));
    }

    static IllegalArgumentException notUnderstood(SearchParameter parameter) {
        return new IllegalArgumentException(
                "%s is a composite parameter, or part of one, of a form that is not understood".formatted(parameter));
    }
}
