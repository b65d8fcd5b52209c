package org.carelog.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.context.RuntimeSearchParam.RuntimeSearchParamStatusEnum;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * R4's search parameters, as HAPI has them, and the one of all resources that it has not.
 *
 * @see <a href="https://hl7.org/fhir/R4/searchparameter-registry.html">FHIR R4, search parameter registry</a>
 */
public final class ParameterDefinitions {
    private static final String CANONICAL = "http://hl7.org/fhir/SearchParameter/";

    private static final RuntimeSearchParam SOURCE = new RuntimeSearchParam(
            null,
            CANONICAL + "Resource-source",
            "_source",
            "Identifies where the resource comes from",
            "Resource.meta.source",
            RestSearchParameterTypeEnum.URI,
            Set.of(),
            Set.of(),
            RuntimeSearchParamStatusEnum.ACTIVE,
            List.of("Resource"));

    private ParameterDefinitions() {}

    public static Stream<RuntimeSearchParam> of(String type) {
        return Stream.concat(
                FhirJson.context().getResourceDefinition(type).getSearchParams().stream(), Stream.of(SOURCE));
    }

    public static Optional<RuntimeSearchParam> find(String type, String name) {
        return name.equals(SOURCE.getName())
                ? Optional.of(SOURCE)
                : Optional.ofNullable(
                        FhirJson.context().getResourceDefinition(type).getSearchParam(name));
    }

    /** The canonical URL. Those of all resources are defined once, for Resource. */
    public static String canonical(RuntimeSearchParam definition) {
        return definition.getName().startsWith("_")
                ? CANONICAL + "Resource-" + definition.getName().substring(1)
                : definition.getUri();
    }
}
