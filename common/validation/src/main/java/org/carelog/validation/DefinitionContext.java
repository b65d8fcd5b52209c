package org.carelog.validation;

import ca.uhn.fhir.context.PerformanceOptionsEnum;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.hl7.fhir.convertors.factory.VersionConvertorFactory_40_50;
import org.hl7.fhir.r5.model.CodeSystem;
import org.hl7.fhir.r5.model.Resource;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.r5.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r5.model.ValueSet;

/**
 * The definitions as HAPI's validator wants them, which is as R5 has them, each made when it is first looked for. HAPI's
 * own context would make all of them at once, and keep them. Thread-safe.
 */
final class DefinitionContext extends WorkerContextValidationSupportAdapter {
    private static final List<Class<? extends Resource>> TYPES =
            List.of(StructureDefinition.class, ValueSet.class, CodeSystem.class);

    static {
        // the model of R5 is 25 MB when it is scanned as a whole
        FHIR_CONTEXT_R5.setPerformanceOptions(PerformanceOptionsEnum.DEFERRED_MODEL_SCANNING);
    }

    private final Definitions definitions;
    private final IValidationSupport terminology;
    private final List<StructureDefinition> outlines;
    private final Set<String> primitives;
    private final SoftCache<DefinitionName, Resource> canonical = new SoftCache<>();

    DefinitionContext(Definitions definitions, IValidationSupport terminology) {
        super(terminology);
        this.definitions = definitions;
        this.terminology = terminology;
        this.outlines = definitions.types().entrySet().stream()
                .<StructureDefinition>map(type -> new TypeOutline(
                        type.getValue(), () -> (StructureDefinition) canonical.get(type.getKey(), this::convert)))
                .toList();
        this.primitives = outlines.stream()
                .filter(type -> type.getKind() == StructureDefinitionKind.PRIMITIVETYPE)
                .map(StructureDefinition::getName)
                .collect(Collectors.toSet());
    }

    @Override
    public <T extends Resource> T fetchResource(Class<T> type, String url) {
        Deadline.check();
        if (url == null || url.isBlank()) {
            return null;
        }
        return TYPES.stream()
                .filter(type::isAssignableFrom)
                .map(one -> canonical.get(DefinitionName.of(one.getSimpleName(), url), this::convert))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private Resource convert(DefinitionName name) {
        org.hl7.fhir.r4.model.Resource definition = definitions.fresh(name);
        return definition == null ? null : VersionConvertorFactory_40_50.convertResource(whole(definition));
    }

    /** A profile may come with its differences alone. */
    private org.hl7.fhir.r4.model.Resource whole(org.hl7.fhir.r4.model.Resource definition) {
        return definition instanceof org.hl7.fhir.r4.model.StructureDefinition structure && !structure.hasSnapshot()
                ? (org.hl7.fhir.r4.model.Resource) new SnapshotGeneratingValidationSupport(FhirJson.context(), this)
                        .generateSnapshot(new ValidationSupportContext(terminology), structure, "", null, "")
                : definition;
    }

    @Override
    public <T extends Resource> boolean hasResource(Class<T> type, String url) {
        return fetchResource(type, url) != null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends Resource> List<T> fetchResourcesByType(Class<T> type) {
        return type == StructureDefinition.class ? (List<T>) outlines : List.of();
    }

    @Override
    public List<StructureDefinition> fetchTypeDefinitions(String name) {
        StructureDefinition type = fetchTypeDefinition(name);
        return type == null ? List.of() : List.of(type);
    }

    @Override
    public boolean isPrimitiveType(String name) {
        return primitives.contains(name);
    }
}
