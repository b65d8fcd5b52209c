package org.carelog.fhir.definition;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** R4's search parameters, as HAPI's model has them, those of all resources that it has not, and some of US Core's. */
final class ModelSearchParameters {
    private static final String OF_EVERY_TYPE = "http://hl7.org/fhir/SearchParameter/Resource-";

    private static final String US_CORE = "http://hl7.org/fhir/us/core/SearchParameter/us-core-";

    /** Those of every type that the model has not. */
    private static final List<SearchParameterDefinition> NOT_IN_MODEL = List.of(
            added("_source", RestSearchParameterTypeEnum.URI, "Resource.meta.source", OF_EVERY_TYPE + "source"),
            added("_content", RestSearchParameterTypeEnum.STRING, "", OF_EVERY_TYPE + "content"),
            added(
                    "_text",
                    RestSearchParameterTypeEnum.STRING,
                    "",
                    "http://hl7.org/fhir/SearchParameter/DomainResource-text"));

    /** By type, what US Core asks for beside R4. */
    private static final Map<String, List<SearchParameterDefinition>> OF_US_CORE = Map.of(
            "Patient",
            List.of(ofExtension("race"), ofExtension("ethnicity")),
            "Encounter",
            List.of(added(
                    "discharge-disposition",
                    RestSearchParameterTypeEnum.TOKEN,
                    "Encounter.hospitalization.dischargeDisposition",
                    US_CORE + "encounter-discharge-disposition")),
            "Condition",
            List.of(added(
                    "asserted-date",
                    RestSearchParameterTypeEnum.DATE,
                    "Condition.extension.where(url='http://hl7.org/fhir/StructureDefinition/condition-assertedDate')"
                            + ".value.as(dateTime)",
                    US_CORE + "condition-asserted-date")),
            "CareTeam",
            List.of(added(
                    "role", RestSearchParameterTypeEnum.TOKEN, "CareTeam.participant.role", US_CORE + "careteam-role")),
            "Goal",
            List.of(added(
                    "description",
                    RestSearchParameterTypeEnum.TOKEN,
                    "Goal.description",
                    US_CORE + "goal-description")));

    private ModelSearchParameters() {}

    /** All of a resource type, in the order of their names. */
    static List<SearchParameterDefinition> of(RuntimeResourceDefinition definition) {
        return Stream.concat(
                        definition.getSearchParams().stream().map(ModelSearchParameters::definition),
                        Stream.concat(
                                NOT_IN_MODEL.stream(),
                                OF_US_CORE.getOrDefault(definition.getName(), List.of()).stream()))
                .sorted(Comparator.comparing(SearchParameterDefinition::name))
                .toList();
    }

    /** Of a patient; with the system of the code, which US Core's expression leaves out. */
    private static SearchParameterDefinition ofExtension(String name) {
        return added(
                name,
                RestSearchParameterTypeEnum.TOKEN,
                "Patient.extension.where(url='http://hl7.org/fhir/us/core/StructureDefinition/us-core-%s')"
                                .formatted(name)
                        + ".extension.value.as(Coding)",
                US_CORE + name);
    }

    private static SearchParameterDefinition added(
            String name, RestSearchParameterTypeEnum type, String path, String uri) {
        return new SearchParameterDefinition(name, type, path, List.of(), List.of(), uri, List.of());
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
