package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.definition.TypeDefinition;

/**
 * The elements a search parameter is about: its FHIRPath, compiled to a walk over the JSON when a service starts. Only
 * the forms in which R4 writes the parameters we declare are understood; HAPI's FHIRPath engine takes more memory to load
 * than a service has.
 *
 * @param datatypes the names of those that the path may lead to
 */
record ElementPath(List<List<PathStep>> branches, Set<String> datatypes, boolean asksWhetherTrue) {

    /** @throws IllegalArgumentException for a form that is not understood, or an element the type does not have */
    static ElementPath compile(String type, String expression) {
        return new PathCompiler(TypeDefinition.of(type), expression).compile();
    }

    /** Those of its references that lead to a resource of the type. */
    ElementPath to(String target) {
        PathStep step = new PathStep.WhereRefersTo(target);
        return new ElementPath(
                branches.stream()
                        .map(steps ->
                                Stream.concat(steps.stream(), Stream.of(step)).toList())
                        .toList(),
                datatypes,
                asksWhetherTrue);
    }

    /** @param root of the resource */
    List<Element> select(Element root) {
        List<Element> found = new ArrayList<>();
        for (List<PathStep> steps : branches) {
            found.addAll(walk(root, steps));
        }
        return asksWhetherTrue ? List.of(Element.of(isTrue(found))) : found;
    }

    private static List<Element> walk(Element root, List<PathStep> steps) {
        List<Element> reached = List.of(root);
        for (PathStep step : steps) {
            List<Element> next = new ArrayList<>();
            for (Element element : reached) {
                step.from(element, next);
            }
            reached = next;
        }
        return reached;
    }

    private static boolean isTrue(List<Element> elements) {
        return !elements.isEmpty()
                && elements.stream()
                        .noneMatch(element ->
                                element.value().isBoolean() && !element.value().booleanValue());
    }
}
