package org.carelog.fhir.definition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.definition.DefinitionFile.ElementData;

/** The elements of one type. */
record Elements(
        Map<String, ElementDefinition> byJsonName,
        Map<String, List<ElementDefinition>> byName,
        List<List<ElementDefinition>> required,
        List<List<ElementDefinition>> choices) {

    static Elements of(List<ElementData> elements) {
        Map<String, ElementDefinition> byJsonName = new HashMap<>();
        Map<String, List<ElementDefinition>> byName = new LinkedHashMap<>();
        List<List<ElementDefinition>> required = new ArrayList<>();
        List<List<ElementDefinition>> choices = new ArrayList<>();
        for (ElementData element : elements) {
            List<ElementDefinition> forms = element.types().entrySet().stream()
                    .map(form -> new ElementDefinition(
                            element.name(),
                            form.getKey(),
                            element.repeats(),
                            TypeDefinition.of(form.getValue()),
                            element.codes(),
                            element.targets()))
                    .toList();
            byName.put(element.name(), forms);
            forms.forEach(form -> byJsonName.put(form.jsonName(), form));
            if (element.required()) {
                required.add(forms);
            }
            if (forms.size() > 1) {
                choices.add(forms);
            }
        }
        return new Elements(byJsonName, byName, required, choices);
    }
}
