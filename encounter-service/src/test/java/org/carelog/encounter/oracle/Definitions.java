package org.carelog.encounter.oracle;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The search parameters of some resource types: R4's, as HAPI's model has them, and those of US Core that are served. */
final class Definitions {
    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Set<String> OF_ANOTHER_KIND =
            Set.of("_text", "_content", "_filter", "_query", "_list", "_has");

    private final Map<String, Map<String, Parameter>> byType = new LinkedHashMap<>();

    Definitions(Collection<String> types) {
        types.forEach(type -> byType.put(type, read(type)));
    }

    private static Map<String, Parameter> read(String type) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        List<RuntimeSearchParam> composites = new ArrayList<>();
        for (RuntimeSearchParam defined : R4.getResourceDefinition(type).getSearchParams()) {
            if (defined.getParamType() == RestSearchParameterTypeEnum.COMPOSITE) {
                composites.add(defined);
            } else if (!OF_ANOTHER_KIND.contains(defined.getName())) {
                found.put(defined.getName(), parameter(type, defined, List.of()));
            }
        }
        for (Parameter added : beside(type)) {
            found.put(added.name(), added);
        }
        for (RuntimeSearchParam composite : composites) {
            List<Parameter.Component> components = composite.getComponents().stream()
                    .map(component -> found.get(nameOf(type, component.getReference())))
                    .map(part -> new Parameter.Component(part, within(part.name())))
                    .toList();
            found.put(composite.getName(), parameter(type, composite, components));
        }
        return found;
    }

    /**
     * Where a component's value is in an element of the composite: HAPI's model does not say. R4's SearchParameter of
     * {@code relationship} has the two of it exchanged; it is read as R5 has it.
     */
    private static String within(String component) {
        return switch (component) {
            case "code", "component-code", "combo-code", "characteristic", "relation" -> "code";
            case "relatesto" -> "target";
            case "value" -> "value";
            case "value-concept", "component-value-concept", "combo-value-concept" -> "value.as(CodeableConcept)";
            case "value-quantity", "component-value-quantity", "combo-value-quantity" -> "value.as(Quantity)";
            case "value-string" -> "value.as(string)";
            case "value-date" -> "value.as(dateTime) | value.as(Period)";
            default -> throw new IllegalArgumentException(component);
        };
    }

    /** Of {@code http://hl7.org/fhir/SearchParameter/Observation-code}. */
    private static String nameOf(String type, String reference) {
        String last = reference.substring(reference.lastIndexOf('/') + 1);
        return last.substring(last.startsWith(type + "-") ? type.length() + 1 : last.indexOf('-') + 1);
    }

    private static Parameter parameter(String type, RuntimeSearchParam defined, List<Parameter.Component> components) {
        return new Parameter(
                type,
                defined.getName(),
                defined.getParamType(),
                defined.getPathsSplit().stream()
                        .map(path -> expression(type, path))
                        .toList(),
                Objects.requireNonNullElse(defined.getTargets(), Set.of()),
                Objects.requireNonNullElse(defined.getProvidesMembershipInCompartments(), Set.of()),
                components);
    }

    /** What cannot be resolved may say of which type it is. */
    private static String expression(String type, String path) {
        return path.replaceFirst("^Resource\\.", type + ".")
                .replaceAll("resolve\\(\\) is (\\w+)", "resolve() is $1 or type = '$1'");
    }

    /** What HAPI's model of R4 lacks. */
    private static List<Parameter> beside(String type) {
        List<Parameter> added = new ArrayList<>();
        added.add(added(type, "_source", RestSearchParameterTypeEnum.URI, "Resource.meta.source"));
        switch (type) {
            case "Patient" -> {
                added.add(added(type, "race", RestSearchParameterTypeEnum.TOKEN, ofExtension("race")));
                added.add(added(type, "ethnicity", RestSearchParameterTypeEnum.TOKEN, ofExtension("ethnicity")));
            }
            case "Encounter" ->
                added.add(added(
                        type,
                        "discharge-disposition",
                        RestSearchParameterTypeEnum.TOKEN,
                        "Encounter.hospitalization.dischargeDisposition"));
            case "Condition" ->
                added.add(added(
                        type,
                        "asserted-date",
                        RestSearchParameterTypeEnum.DATE,
                        "Condition.extension.where("
                                + "url = 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate').value"));
            case "CareTeam" ->
                added.add(added(type, "role", RestSearchParameterTypeEnum.TOKEN, "CareTeam.participant.role"));
            case "Goal" -> added.add(added(type, "description", RestSearchParameterTypeEnum.TOKEN, "Goal.description"));
            default -> {}
        }
        return added;
    }

    private static String ofExtension(String name) {
        return "Patient.extension.where(url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-%s')"
                        .formatted(name)
                + ".extension.value.ofType(Coding)";
    }

    private static Parameter added(String type, String name, RestSearchParameterTypeEnum kind, String expression) {
        return new Parameter(type, name, kind, List.of(expression(type, expression)), Set.of(), Set.of(), List.of());
    }

    Set<String> types() {
        return byType.keySet();
    }

    Collection<Parameter> of(String type) {
        return byType.get(type).values();
    }

    Parameter parameter(String type, String name) {
        return Objects.requireNonNull(byType.get(type).get(name), () -> type + ":" + name);
    }

    /** All references that may lead to resources of the type. */
    List<Parameter> referrers(String target) {
        return byType.values().stream()
                .flatMap(parameters -> parameters.values().stream())
                .filter(parameter -> parameter.isReference() && parameter.canTarget(target))
                .toList();
    }
}
