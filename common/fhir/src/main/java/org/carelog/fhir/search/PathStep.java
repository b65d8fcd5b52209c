package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/** One step from an element to those that follow it. */
sealed interface PathStep {
    /** Adds those that follow the element. */
    void from(Element element, List<Element> found);

    /** {@code .name}, of a choice element too. */
    record Child(String name) implements PathStep {
        /** Every element may have some, whether or not its type lists them. */
        private static final List<ElementDefinition> EXTENSIONS = List.of(
                new ElementDefinition("extension", "extension", true, TypeDefinition.EXTENSION, Map.of(), Set.of()));

        @Override
        public void from(Element element, List<Element> found) {
            element.addChildren(forms(element.type()), found);
        }

        List<ElementDefinition> forms(TypeDefinition type) {
            return name.equals("extension") ? EXTENSIONS : type.forms(name);
        }
    }

    /** {@code as Type}. */
    record OfType(String datatype) implements PathStep {
        @Override
        public void from(Element element, List<Element> found) {
            if (element.type().name().equals(datatype)) {
                found.add(element);
            }
        }
    }

    /** {@code .where(name='value')}. */
    record WhereChildIs(Child child, String value) implements PathStep {
        @Override
        public void from(Element element, List<Element> found) {
            List<Element> children = new ArrayList<>();
            child.from(element, children);
            if (children.stream().anyMatch(inner -> value.equals(inner.value().asText()))) {
                found.add(element);
            }
        }
    }

    /** {@code .where(resolve() is Type)}: told from the reference itself, nothing is resolved. */
    record WhereRefersTo(String type) implements PathStep {
        @Override
        public void from(Element element, List<Element> found) {
            if (element.type().name().equals("Reference") && type.equals(ReferenceTarget.typeOf(element))) {
                found.add(element);
            }
        }
    }
}
