package org.carelog.fhir.definition;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.EnumFactory;

/** The elements of one type. */
record Elements(
        Map<String, ElementDefinition> byJsonName,
        Map<String, List<ElementDefinition>> byName,
        List<List<ElementDefinition>> required) {

    /** What every element may have; the model lists it for some only. */
    private static final Set<String> EVERYWHERE = Set.of("extension", "modifierExtension");

    private static final Elements NONE = new Elements(Map.of(), Map.of(), List.of());

    /** @param definition null: of a type without elements of its own */
    static Elements of(BaseRuntimeElementCompositeDefinition<?> definition) {
        if (definition == null) {
            return NONE;
        }
        Map<String, ElementDefinition> byJsonName = new HashMap<>();
        Map<String, List<ElementDefinition>> byName = new LinkedHashMap<>();
        List<List<ElementDefinition>> required = new ArrayList<>();
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            String name = child.getElementName().replace("[x]", "");
            if (EVERYWHERE.contains(name)) {
                continue;
            }
            List<ElementDefinition> forms = child.getValidChildNames().stream()
                    .map(jsonName -> new ElementDefinition(
                            name,
                            jsonName,
                            child.getMax() != 1,
                            TypeDefinition.of(child.getChildByName(jsonName)),
                            codes(child)))
                    .toList();
            byName.put(name, forms);
            forms.forEach(form -> byJsonName.put(form.jsonName(), form));
            if (child.getMin() > 0) {
                required.add(forms);
            }
        }
        return new Elements(byJsonName, byName, required);
    }

    private static Map<String, String> codes(BaseRuntimeChildDefinition child) {
        return child instanceof RuntimeChildPrimitiveEnumerationDatatypeDefinition bound
                        && bound.getInstanceConstructorArguments() instanceof EnumFactory<?> factory
                ? codes(factory, bound.getBoundEnumType())
                : Map.of();
    }

    private static <E extends Enum<?>> Map<String, String> codes(EnumFactory<E> factory, Class<?> type) {
        Map<String, String> codes = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            @SuppressWarnings("unchecked") // HAPI pairs them
            E code = (E) constant;
            // HAPI's own addition to each
            if (!code.name().equals("NULL")) {
                String system = factory.toSystem(code);
                codes.put(factory.toCode(code), system == null ? "" : system);
            }
        }
        return codes;
    }
}
