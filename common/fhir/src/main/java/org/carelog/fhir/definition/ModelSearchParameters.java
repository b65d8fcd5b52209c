package org.carelog.fhir.definition;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** R4's search parameters, as HAPI's model has them, and the one of all resources that it has not. */
final class ModelSearchParameters {
    private static final String OF_EVERY_TYPE = "http://hl7.org/fhir/SearchParameter/Resource-";

    /** The one that the model has not. */
    private static final SearchParameterDefinition SOURCE = new SearchParameterDefinition(
            "_source",
            RestSearchParameterTypeEnum.URI,
            "Resource.meta.source",
            List.of(),
            List.of(),
            OF_EVERY_TYPE + "source",
            List.of());

    private ModelSearchParameters() {}

    /** All of a resource type, in the order of their names. */
    static List<SearchParameterDefinition> of(RuntimeResourceDefinition definition) {
        return Stream.concat(
                        definition.getSearchParams().stream().map(ModelSearchParameters::definition), Stream.of(SOURCE))
                .sorted(Comparator.comparing(SearchParameterDefinition::name))
                .toList();
    }

    private static SearchParameterDefinition definition(RuntimeSearchParam parameter) {
        return new SearchParameterDefinition(
                parameter.getName(),
                parameter.getParamType(),
                parameter.getPath(),
                sorted(parameter.getTargets()),
                sorted(parameter.getProvidesMembershipInCompartments()),
                canonical(parameter),
                parameter.getComponents().stream()
                        .map(part -> new SearchParameterDefinition.Component(part.getExpression(), part.getReference()))
                        .toList());
    }

    /** Those of all resources are defined once, for Resource. */
    private static String canonical(RuntimeSearchParam parameter) {
        return parameter.getName().startsWith("_")
                ? OF_EVERY_TYPE + parameter.getName().substring(1)
                : parameter.getUri();
    }

    private static List<String> sorted(Collection<String> names) {
        return names == null ? List.of() : List.copyOf(new TreeSet<>(names));
    }
}
