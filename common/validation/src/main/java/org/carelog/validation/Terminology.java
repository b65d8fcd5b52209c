package org.carelog.validation;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.List;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Codes and value sets as the definitions have them. What no definition lists, such as SNOMED CT, is not judged. */
final class Terminology implements IValidationSupport {
    private final Definitions definitions;

    private Terminology(Definitions definitions) {
        this.definitions = definitions;
    }

    static IValidationSupport of(Definitions definitions) {
        FhirContext context = FhirJson.context();
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
        unknown.setNonExistentCodeSystemSeverity(IssueSeverity.INFORMATION);
        return new ValidationSupportChain(
                // it would keep what the definitions let go
                ValidationSupportChain.CacheConfiguration.disabled(),
                new Terminology(definitions),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                unknown);
    }

    @Override
    public FhirContext getFhirContext() {
        return FhirJson.context();
    }

    @Override
    public String getName() {
        return "Carelog's definitions";
    }

    @Override
    public IBaseResource fetchCodeSystem(String system) {
        return shared(DefinitionName.CODE_SYSTEM, system);
    }

    @Override
    public IBaseResource fetchValueSet(String url) {
        return shared(DefinitionName.VALUE_SET, url);
    }

    @Override
    public IBaseResource fetchStructureDefinition(String url) {
        return shared(DefinitionName.STRUCTURE, url);
    }

    @Override
    public <T extends IBaseResource> List<T> fetchAllStructureDefinitions() {
        // the validator has its outlines
        return List.of();
    }

    @Override
    public <T extends IBaseResource> List<T> fetchAllNonBaseStructureDefinitions() {
        return List.of();
    }

    @Override
    public <T extends IBaseResource> T fetchResource(Class<T> type, String url) {
        IBaseResource found = type == null
                ? DefinitionName.TYPES.stream()
                        .filter(name -> definitions.has(DefinitionName.of(name, url)))
                        .findFirst()
                        .map(name -> shared(name, url))
                        .orElse(null)
                : shared(type.getSimpleName(), url);
        return type == null ? cast(found) : type.cast(found);
    }

    @SuppressWarnings("unchecked")
    private static <T extends IBaseResource> T cast(IBaseResource found) {
        return (T) found;
    }

    @Override
    public boolean isCodeSystemSupported(ValidationSupportContext context, String system) {
        return system != null && definitions.has(DefinitionName.of(DefinitionName.CODE_SYSTEM, system));
    }

    @Override
    public boolean isValueSetSupported(ValidationSupportContext context, String url) {
        return url != null && definitions.has(DefinitionName.of(DefinitionName.VALUE_SET, url));
    }

    private IBaseResource shared(String type, String url) {
        return url == null || url.isBlank() ? null : definitions.shared(DefinitionName.of(type, url));
    }
}
