package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/** Where the occurrences of a composite parameter are. No steps: the resource is the only one. */
record RelativePath(List<PathStep> steps) {
    static RelativePath root(String type, String expression) {
        return new RelativePath(
                expression.equals(type)
                        ? List.of()
                        : ElementPath.compile(type, expression).branches().getFirst());
    }

    boolean isResource() {
        return steps.isEmpty();
    }

    List<Element> select(Element resource) {
        return new ElementPath(List.of(steps), Set.of(), false).select(resource);
    }

    /** The rest of a path that leads from an occurrence to what there is at most once in it; empty: there is no such rest. */
    Optional<ElementPath> within(String type, ElementPath path) {
        List<List<PathStep>> rests = new ArrayList<>();
        for (List<PathStep> branch : path.branches()) {
            if (branch.size() < steps.size() || !branch.subList(0, steps.size()).equals(steps)) {
                return Optional.empty();
            }
            rests.add(branch.subList(steps.size(), branch.size()));
        }
        Set<TypeDefinition> occurrence = reached(Set.of(TypeDefinition.of(type)), steps);
        return rests.stream().anyMatch(rest -> repeats(occurrence, rest))
                ? Optional.empty()
                : Optional.of(new ElementPath(rests, path.datatypes(), false));
    }

    private static boolean repeats(Set<TypeDefinition> from, List<PathStep> rest) {
        for (int i = 0; i < rest.size(); i++) {
            if (forms(reached(from, rest.subList(0, i)), rest.get(i)).stream().anyMatch(ElementDefinition::repeats)) {
                return true;
            }
        }
        return false;
    }

    private static Set<TypeDefinition> reached(Set<TypeDefinition> from, List<PathStep> steps) {
        Set<TypeDefinition> reached = from;
        for (PathStep step : steps) {
            if (step instanceof PathStep.Child) {
                reached = forms(reached, step).stream()
                        .map(ElementDefinition::type)
                        .collect(Collectors.toSet());
            }
        }
        return reached;
    }

    private static List<ElementDefinition> forms(Set<TypeDefinition> from, PathStep step) {
        return step instanceof PathStep.Child child
                ? from.stream().flatMap(type -> child.forms(type).stream()).toList()
                : List.of();
    }
}
