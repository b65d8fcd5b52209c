package org.carelog.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.IValidationContext;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.utilities.validation.ValidationMessage;

/** HAPI's validator, set up as it is used here. */
final class DefinitionValidator extends FhirInstanceValidator {
    private final DefinitionContext definitions;

    DefinitionValidator(DefinitionContext definitions, IValidationSupport terminology) {
        super(terminology);
        this.definitions = definitions;
        setWrappedWorkerContext(terminology, definitions);
        setAnyExtensionsAllowed(true);
        setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        // what a resource claims of itself need not be known here
        setErrorForUnknownProfiles(false);
        setAssumeValidRestReferences(true);
        setAllowExamples(true);
    }

    DefinitionContext definitions() {
        return definitions;
    }

    /** With the code and place of each message, which the public way loses. */
    @Override
    protected List<ValidationMessage> validate(IValidationContext<?> resource) {
        return super.validate(resource);
    }
}
