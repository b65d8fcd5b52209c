package org.carelog.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.carelog.fhir.patch.ResourcePatch;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * What a service can do, told from its registry, so that it is true.
 *
 * @see <a href="https://hl7.org/fhir/R4/capabilitystatement.html">FHIR R4, CapabilityStatement</a>
 */
public final class CapabilityStatements {
    private CapabilityStatements() {}

    /** @param at when the service was started, for the statement's date */
    public static CapabilityStatement of(HostedTypes types, String baseUrl, String version, Instant at) {
        CapabilityStatement statement = new CapabilityStatement();
        statement
                .setStatus(PublicationStatus.ACTIVE)
                .setDate(Date.from(at))
                .setKind(CapabilityStatementKind.INSTANCE)
                .setFhirVersion(FHIRVersion._4_0_1)
                .addFormat(FhirJson.MEDIA_TYPE);
        statement.addFormat(FhirXml.MEDIA_TYPE);
        if (types.all().stream().anyMatch(HostedType::isWritten)) {
            statement
                    .addPatchFormat(ResourcePatch.JSON_MEDIA_TYPE)
                    .addPatchFormat(FhirJson.MEDIA_TYPE)
                    .addPatchFormat(FhirXml.MEDIA_TYPE);
        }
        statement.getSoftware().setName("Carelog").setVersion(version);
        statement.getImplementation().setDescription("Carelog").setUrl(baseUrl);
        CapabilityStatementRestComponent rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        rest.getSecurity()
                .addService(new CodeableConcept(new Coding(
                        "http://terminology.hl7.org/CodeSystem/restful-security-service", "OAuth", "OAuth")));
        rest.addInteraction().setCode(SystemRestfulInteraction.HISTORYSYSTEM);
        rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
        rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
        Operation.ofSystem()
                .forEach(operation ->
                        rest.addOperation().setName(operation.code()).setDefinition(operation.definition()));
        types.all().forEach(type -> describe(rest.addResource(), type, types));
        return statement;
    }

    private static void describe(
            CapabilityStatementRestResourceComponent resource, HostedType type, HostedTypes types) {
        boolean owned = type.isWritten();
        resource.setType(type.name());
        type.interactions()
                .forEach(interaction ->
                        resource.addInteraction().setCode(TypeRestfulInteraction.fromCode(interaction.code())));
        resource.setVersioning(ResourceVersionPolicy.VERSIONED)
                .setReadHistory(true)
                .setConditionalRead(ConditionalReadStatus.FULLSUPPORT)
                .setUpdateCreate(owned)
                .setConditionalCreate(owned)
                .setConditionalUpdate(owned)
                .setConditionalDelete(owned ? ConditionalDeleteStatus.SINGLE : ConditionalDeleteStatus.NOTSUPPORTED)
                .addReferencePolicy(ReferenceHandlingPolicy.LITERAL);
        references(type).forEach(reference -> resource.addSearchInclude(name(type, reference)));
        types.all()
                .forEach(source -> references(source)
                        .filter(reference -> mayLeadTo(type, reference))
                        .forEach(reference -> resource.addSearchRevInclude(name(source, reference))));
        Operation.of(type)
                .forEach(operation ->
                        resource.addOperation().setName(operation.code()).setDefinition(operation.definition()));
        parameter(resource, "_id", SearchParamType.TOKEN, "http://hl7.org/fhir/SearchParameter/Resource-id");
        parameter(
                resource,
                "_lastUpdated",
                SearchParamType.DATE,
                "http://hl7.org/fhir/SearchParameter/Resource-lastUpdated");
        parameters(type)
                .forEach(definition -> parameter(
                        resource,
                        definition.getName(),
                        SearchParamType.fromCode(definition.getParamType().getCode()),
                        ParameterDefinitions.canonical(definition)));
    }

    private static Stream<RuntimeSearchParam> parameters(HostedType type) {
        return type.searchParameters().stream().flatMap(name -> ParameterDefinitions.find(type.name(), name).stream());
    }

    private static Stream<RuntimeSearchParam> references(HostedType type) {
        return parameters(type).filter(parameter -> parameter.getParamType() == RestSearchParameterTypeEnum.REFERENCE);
    }

    /** One whose definition names no target may lead anywhere. */
    private static boolean mayLeadTo(HostedType type, RuntimeSearchParam reference) {
        return reference.getTargets().isEmpty() || reference.getTargets().contains(type.name());
    }

    private static String name(HostedType type, RuntimeSearchParam reference) {
        return type.name() + ":" + reference.getName();
    }

    private static void parameter(
            CapabilityStatementRestResourceComponent resource, String name, SearchParamType type, String definition) {
        resource.addSearchParam().setName(name).setType(type).setDefinition(definition);
    }
}
