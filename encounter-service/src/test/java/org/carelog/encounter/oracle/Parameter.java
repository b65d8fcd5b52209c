package org.carelog.encounter.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.List;
import java.util.Set;

/**
 * A search parameter, as R4 defines it.
 *
 * @param type of the resources that have it
 * @param expressions its FHIRPath, each side of a union by itself
 * @param targets of a reference; empty: any type
 * @param compartments that it makes a resource part of
 * @param components of a composite
 */
record Parameter(
        String type,
        String name,
        RestSearchParameterTypeEnum kind,
        List<String> expressions,
        Set<String> targets,
        Set<String> compartments,
        List<Component> components) {

    /**
     * @param parameter whose values these are
     * @param expression from an element of the composite
     */
    record Component(Parameter parameter, String expression) {}

    boolean isReference() {
        return kind == RestSearchParameterTypeEnum.REFERENCE;
    }

    /** Whether values are compared by a prefix. */
    boolean hasOrder() {
        return switch (kind) {
            case DATE, NUMBER, QUANTITY -> true;
            default -> false;
        };
    }

    boolean canTarget(String resourceType) {
        return targets.isEmpty() || targets.contains(resourceType);
    }

    @Override
    public String toString() {
        return type + ":" + name;
    }
}
