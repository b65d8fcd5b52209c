package org.carelog.fhir;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.carelog.fhir.definition.SearchParameterDefinition;
import org.carelog.fhir.definition.TypeDefinition;
import org.carelog.fhir.patch.ResourcePatch;

/**
 * What a service can do, told from its registry, so that it is true.
 *
 * @see <a href="https://hl7.org/fhir/R4/capabilitystatement.html">FHIR R4, CapabilityStatement</a>
 */
public final class CapabilityStatements {
    /** Of includes: where there are some, all can be asked for at once. */
    private static final String ALL = "*";

    private CapabilityStatements() {}

    /** @param at when the service was started, for the statement's date */
    public static Resource of(HostedTypes types, String baseUrl, String version, Instant at) {
        Resource statement = Resource.empty("CapabilityStatement");
        ObjectNode json = statement.json();
        json.put("status", "active")
                .put("date", Resource.instant(at))
                .put("kind", "instance")
                .put("fhirVersion", "4.0.1");
        json.putObject("software").put("name", "Carelog").put("version", version);
        json.putObject("implementation").put("description", "Carelog").put("url", baseUrl);
        json.putArray("format").add(FhirJson.MEDIA_TYPE).add(FhirXml.MEDIA_TYPE);
        if (types.all().stream().anyMatch(HostedType::isWritten)) {
            json.putArray("patchFormat")
                    .add(ResourcePatch.JSON_MEDIA_TYPE)
                    .add(FhirJson.MEDIA_TYPE)
                    .add(FhirXml.MEDIA_TYPE);
        }
        ObjectNode rest = json.putArray("rest").addObject().put("mode", "server");
        rest.putObject("security")
                .putArray("service")
                .addObject()
                .putArray("coding")
                .addObject()
                .put("system", "http://terminology.hl7.org/CodeSystem/restful-security-service")
                .put("code", "OAuth")
                .put("display", "OAuth");
        ArrayNode resources = rest.putArray("resource");
        types.all().forEach(type -> describe(resources.addObject(), type, types));
        interactions(
                rest,
                Stream.of(
                        Interaction.HISTORY_SYSTEM,
                        Interaction.SEARCH_SYSTEM,
                        Interaction.BATCH,
                        Interaction.TRANSACTION));
        operations(rest, Operation.ofSystem());
        return statement;
    }

    private static void describe(ObjectNode resource, HostedType type, HostedTypes types) {
        boolean owned = type.isWritten();
        resource.put("type", type.name());
        interactions(resource, type.interactions().stream());
        resource.put("versioning", "versioned")
                .put("readHistory", true)
                .put("updateCreate", owned)
                .put("conditionalCreate", owned)
                .put("conditionalRead", "full-support")
                .put("conditionalUpdate", owned)
                .put("conditionalDelete", owned ? "single" : "not-supported")
                .putArray("referencePolicy")
                .add("literal");
        included(resource, "searchInclude", references(type).map(reference -> name(type, reference)));
        included(
                resource,
                "searchRevInclude",
                types.all().stream()
                        .flatMap(source -> references(source)
                                .filter(reference -> mayLeadTo(type, reference))
                                .map(reference -> name(source, reference))));
        ArrayNode parameters = resource.putArray("searchParam");
        if (types.find("List").isPresent()) {
            parameter(
                    parameters,
                    "_list",
                    RestSearchParameterTypeEnum.SPECIAL,
                    "http://hl7.org/fhir/SearchParameter/Resource-list");
        }
        parameters(type)
                .forEach(definition -> parameter(parameters, definition.name(), definition.type(), definition.uri()));
        operations(resource, Operation.of(type));
    }

    private static void interactions(ObjectNode at, Stream<Interaction> interactions) {
        ArrayNode list = at.putArray("interaction");
        interactions.forEach(interaction -> list.addObject().put("code", interaction.code()));
    }

    private static void operations(ObjectNode at, List<Operation> operations) {
        if (!operations.isEmpty()) {
            ArrayNode list = at.putArray("operation");
            operations.forEach(operation ->
                    list.addObject().put("name", operation.code()).put("definition", operation.definition()));
        }
    }

    private static void included(ObjectNode resource, String element, Stream<String> references) {
        List<String> names = references.toList();
        if (!names.isEmpty()) {
            names.forEach(resource.putArray(element).add(ALL)::add);
        }
    }

    private static void parameter(
            ArrayNode parameters, String name, RestSearchParameterTypeEnum type, String definition) {
        parameters.addObject().put("name", name).put("definition", definition).put("type", type.getCode());
    }

    private static Stream<SearchParameterDefinition> parameters(HostedType type) {
        TypeDefinition definition = TypeDefinition.of(type.name());
        return Stream.concat(SearchParameterDefinition.OF_EVERY_TYPE.stream(), type.searchParameters().stream())
                .map(name -> definition.searchParameter(name).orElseThrow());
    }

    private static Stream<SearchParameterDefinition> references(HostedType type) {
        return parameters(type).filter(parameter -> parameter.type() == RestSearchParameterTypeEnum.REFERENCE);
    }

    /** One whose definition names no target may lead anywhere. */
    private static boolean mayLeadTo(HostedType type, SearchParameterDefinition reference) {
        return reference.targets().isEmpty() || reference.targets().contains(type.name());
    }

    private static String name(HostedType type, SearchParameterDefinition reference) {
        return type.name() + ":" + reference.name();
    }
}
