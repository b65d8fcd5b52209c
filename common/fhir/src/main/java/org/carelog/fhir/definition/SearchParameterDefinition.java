package org.carelog.fhir.definition;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.List;

/**
 * A search parameter of a resource type, as R4 defines it.
 *
 * @param path its FHIRPath
 * @param targets for a reference, the types it may lead to, sorted; empty: any
 * @param compartments those that it makes a resource part of, by the types that they are named after
 * @param uri of the definition
 * @param components of a composite
 * @see <a href="https://hl7.org/fhir/R4/searchparameter.html">FHIR R4, SearchParameter</a>
 */
public record SearchParameterDefinition(
        String name,
        RestSearchParameterTypeEnum type,
        String path,
        List<String> targets,
        List<String> compartments,
        String uri,
        List<Component> components) {
    /** What every type is searched by, declared or not. */
    public static final List<String> OF_EVERY_TYPE = List.of("_id", "_lastUpdated", "_text", "_content");

    public SearchParameterDefinition {
        targets = List.copyOf(targets);
        compartments = List.copyOf(compartments);
        components = List.copyOf(components);
    }

    /**
     * @param expression from the elements of the composite to the value
     * @param reference the URI of the search parameter that the value is one of
     */
    public record Component(String expression, String reference) {}
}
