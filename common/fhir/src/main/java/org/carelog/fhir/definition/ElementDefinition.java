package org.carelog.fhir.definition;

import java.util.Map;
import java.util.Set;

/**
 * An element of a type, as a name in JSON; a choice element is several.
 *
 * @param name as FHIRPath has it, such as {@code value}
 * @param jsonName such as {@code valueQuantity}
 * @param codes by code its system, where only these are allowed; else empty. A concept has at least one of them
 * @param targets the types that a reference may point to, where only these are allowed; else empty
 */
public record ElementDefinition(
        String name,
        String jsonName,
        boolean repeats,
        TypeDefinition type,
        Map<String, String> codes,
        Set<String> targets) {
    public ElementDefinition {
        codes = Map.copyOf(codes);
        targets = Set.copyOf(targets);
    }
}
