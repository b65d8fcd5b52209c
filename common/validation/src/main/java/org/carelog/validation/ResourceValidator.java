package org.carelog.validation;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.ValidationContext;
import ca.uhn.fhir.validation.ValidationOptions;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r5.model.StructureDefinition;
import org.hl7.fhir.utilities.i18n.I18nConstants;
import org.hl7.fhir.utilities.validation.ValidationMessage;

/**
 * Holds resources against the definitions of R4, and of the packages that are configured. One at a time, and the
 * definitions are read when the first is asked for: a service that never validates pays nothing, and one that does
 * stays within its memory. Thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/validation.html">FHIR R4, validating resources</a>
 */
@ApplicationScoped
@Startup
public class ResourceValidator {
    private final LoadedDefinitions loaded;
    private final ValidationConfig config;
    private final Semaphore turn = new Semaphore(1, true);
    private DefinitionValidator validator;

    ResourceValidator(ValidationConfig config, LoadedDefinitions loaded) {
        this.config = config;
        this.loaded = loaded;
        List<Path> packages = config.packages().orElse(List.of());
        packages.stream().filter(file -> !Files.isReadable(file)).findFirst().ifPresent(file -> {
            throw new IllegalStateException("carelog.validation.packages: %s cannot be read".formatted(file));
        });
    }

    /**
     * @param json a resource of a type of R4, well-formed, not nested absurdly
     * @param profiles by which it is to be judged beside R4 and the profiles that it claims
     * @throws FhirProblemException {@link FhirProblem.TooLarge}, {@link FhirProblem.InvalidOperationParameter} for a
     *     profile that is not known, {@link FhirProblem.BrokenRule} when it takes too long, {@link FhirProblem.Unavailable}
     *     when others do
     */
    public List<Finding> validate(byte[] json, List<String> profiles) {
        if (json.length > config.maxSize().asLongValue()) {
            throw new FhirProblemException(
                    new FhirProblem.TooLarge(config.maxSize().asLongValue()));
        }
        takeTurn();
        try {
            // the first one waits for the definitions, and is not late by that
            prepare();
            return Deadline.within(config.timeout(), () -> findings(json, profiles));
        } catch (Deadline.Missed e) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(
                    List.of(new Fault(IssueType.TOOCOSTLY, "", "The resource takes too long to be validated"))));
        } finally {
            turn.release();
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryAcquire(config.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
    }

    private static FhirProblemException busy() {
        return new FhirProblemException(new FhirProblem.Unavailable("The validator"));
    }

    private void prepare() {
        if (validator == null) {
            Definitions definitions = loaded.get();
            IValidationSupport terminology = Terminology.of(definitions);
            validator = new DefinitionValidator(new DefinitionContext(definitions, terminology), terminology);
        }
    }

    private List<Finding> findings(byte[] json, List<String> profiles) {
        for (String profile : profiles) {
            if (!validator.definitions().hasResource(StructureDefinition.class, profile)) {
                throw new FhirProblemException(
                        new FhirProblem.InvalidOperationParameter("profile", "no such profile is known here"));
            }
        }
        ValidationOptions options = new ValidationOptions();
        profiles.forEach(options::addProfile);
        return validator
                .validate(ValidationContext.forText(
                        FhirJson.context(), new String(json, StandardCharsets.UTF_8), options))
                .stream()
                .filter(message -> !isRepeated(message))
                .map(ResourceValidator::finding)
                .distinct()
                .toList();
    }

    /** A claimed profile that is not known is told of once more, with its place. */
    private static boolean isRepeated(ValidationMessage message) {
        return message.getLocation() == null
                && I18nConstants.VALIDATION_VAL_PROFILE_UNKNOWN.equals(message.getMessageId());
    }

    private static Finding finding(ValidationMessage message) {
        return new Finding(
                org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity.fromCode(
                        message.getLevel().toCode()),
                code(message),
                // the validator notes in comments of the path which resource or slice it took
                Objects.requireNonNullElse(message.getLocation(), "").replaceAll("/\\*.*?\\*/", ""),
                message.getMessage());
    }

    private static IssueType code(ValidationMessage message) {
        try {
            return message.getType() == null
                    ? IssueType.PROCESSING
                    : IssueType.fromCode(message.getType().toCode());
        } catch (org.hl7.fhir.exceptions.FHIRException e) {
            return IssueType.PROCESSING; // a code of a later version
        }
    }
}
