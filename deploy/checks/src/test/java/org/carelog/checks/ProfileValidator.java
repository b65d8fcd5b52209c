package org.carelog.checks;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.util.List;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;

/** HAPI's validator with R4 and some profiles beside it; codes of systems that it does not know are not judged. */
final class ProfileValidator {
    private final FhirValidator validator;

    ProfileValidator(List<StructureDefinition> profiles) {
        FhirContext context = FhirJson.context();
        PrePopulatedValidationSupport own = new PrePopulatedValidationSupport(context);
        profiles.forEach(own::addStructureDefinition);
        UnknownCodeSystemWarningValidationSupport unknown = new UnknownCodeSystemWarningValidationSupport(context);
        unknown.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.INFORMATION);
        FhirInstanceValidator rules = new FhirInstanceValidator(new ValidationSupportChain(
                own,
                new DefaultProfileValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new SnapshotGeneratingValidationSupport(context),
                unknown));
        rules.setErrorForUnknownProfiles(false);
        rules.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        rules.setAssumeValidRestReferences(true);
        validator = context.newValidator().registerValidatorModule(rules);
    }

    /** By R4, by the profiles that it claims and that are known, and by these. */
    List<String> errors(String resource, String... profiles) {
        ValidationOptions options = new ValidationOptions();
        List.of(profiles).forEach(options::addProfile);
        return validator.validateWithResult(resource, options).getMessages().stream()
                .filter(message -> message.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
                .map(message -> message.getLocationString() + ": " + message.getMessage())
                .toList();
    }
}
