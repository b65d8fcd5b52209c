package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Resource;

/**
 * The elements a search parameter is about: its FHIRPath, compiled to a walk over the model when a service starts. Only
 * the forms in which R4 writes the parameters we declare are understood; HAPI's FHIRPath engine takes more memory to load
 * than a service has.
 */
final class ElementPath {
    private final List<List<PathStep>> branches;
    private final Set<String> datatypes;
    private final boolean asksWhetherTrue;

    ElementPath(List<List<PathStep>> branches, Set<String> datatypes, boolean asksWhetherTrue) {
        this.branches = branches;
        this.datatypes = datatypes;
        this.asksWhetherTrue = asksWhetherTrue;
    }

    /** @throws IllegalArgumentException for a form that is not understood, or an element the type does not have */
    static ElementPath compile(String type, String expression) {
        return new PathCompiler(FhirJson.context().getResourceDefinition(type), expression).compile();
    }

    /** The names of the datatypes that the path may lead to. */
    Set<String> datatypes() {
        return datatypes;
    }

    List<Base> select(Resource resource) {
        List<Base> found = new ArrayList<>();
        for (List<PathStep> steps : branches) {
            Stream<Base> elements = Stream.of(resource);
            for (PathStep step : steps) {
                elements = elements.flatMap(step::from);
            }
            elements.forEach(found::add);
        }
        return asksWhetherTrue ? List.of(new BooleanType(isTrue(found))) : found;
    }

    private static boolean isTrue(List<Base> elements) {
        return elements.stream().anyMatch(element -> element.hasPrimitiveValue() || !element.isPrimitive())
                && elements.stream().noneMatch(element -> element instanceof BooleanType flag && !flag.booleanValue());
    }
}
