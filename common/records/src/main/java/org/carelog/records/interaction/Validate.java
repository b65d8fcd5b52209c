package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.OperationOutcomes;
import org.carelog.fhir.Resource;
import org.carelog.validation.Finding;
import org.carelog.validation.ResourceValidator;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;

/**
 * Says what is wrong with a resource, or with doing something with it, and does nothing. Each answer is an OperationOutcome.
 *
 * @see <a href="https://hl7.org/fhir/R4/resource-operation-validate.html">FHIR R4, $validate</a>
 */
@ApplicationScoped
public class Validate {
    private final ResourceValidator validator;
    private final InstanceOwner owner;
    private final ReferenceCheck references;
    private final ReferentialIntegrity integrity;

    Validate(
            ResourceValidator validator,
            InstanceOwner owner,
            ReferenceCheck references,
            ReferentialIntegrity integrity) {
        this.validator = validator;
        this.owner = owner;
        this.references = references;
        this.integrity = integrity;
    }

    /** Whether the resource keeps the rules of R4, of its profiles and of these. */
    public byte[] content(HostedType type, byte[] json, List<String> profiles) {
        return outcome(judged(type, json, profiles, _ -> {}));
    }

    /** The same, and whether it could be created. */
    public byte[] creation(HostedType type, byte[] json, List<String> profiles) {
        return outcome(judged(type, json, profiles, resource -> {
            IncomingResource.requireRules(type, resource);
            owner.requireHere(resource);
            references.check(resource, "");
        }));
    }

    /** The same, and whether it could be the next version under the id. */
    public byte[] update(HostedType type, String id, byte[] json, List<String> profiles) {
        return outcome(judged(type, json, profiles, resource -> {
            IncomingResource.requireRules(type, id, resource);
            owner.requireHere(new LocalReference(type.name(), id), resource);
            references.check(resource, id);
        }));
    }

    /** Whether the resource, which is there, could be deleted. */
    public byte[] deletion(LocalReference target) {
        List<Finding> findings = new ArrayList<>();
        attempt(findings, () -> {
            integrity.requireUnreferencedElsewhere(target);
            integrity.requireUnreferenced(List.of(target));
        });
        return outcome(findings);
    }

    @FunctionalInterface
    private interface Rules {
        void require(Resource resource);
    }

    private List<Finding> judged(HostedType type, byte[] json, List<String> profiles, Rules rules) {
        List<Finding> findings = new ArrayList<>(validator.validate(json, profiles));
        Set<String> faulty = findings.stream()
                .filter(finding -> finding.severity().compareTo(IssueSeverity.ERROR) <= 0)
                .map(Finding::expression)
                .collect(Collectors.toSet());
        List<Finding> own = new ArrayList<>();
        attempt(own, () -> rules.require(FhirJson.parse(json, type.name())));
        own.stream()
                .filter(finding -> finding.expression().isEmpty() || !faulty.contains(finding.expression()))
                .forEach(findings::add);
        return findings;
    }

    /** What would be a refusal is a finding here; what hinders the answer is not. */
    private static void attempt(List<Finding> findings, Runnable work) {
        try {
            work.run();
        } catch (FhirProblemException e) {
            if (e.problem() instanceof FhirProblem.Unavailable) {
                throw e;
            }
            OperationOutcomes.faults(e.problem()).stream()
                    .map(Validate::finding)
                    .forEach(findings::add);
        }
    }

    private static Finding finding(Fault fault) {
        return new Finding(IssueSeverity.ERROR, fault.code(), fault.expression(), fault.diagnostics());
    }

    private static byte[] outcome(List<Finding> findings) {
        if (findings.isEmpty()) {
            return OperationOutcomes.success("No faults were found");
        }
        OperationOutcome outcome = new OperationOutcome();
        for (Finding finding : findings) {
            OperationOutcomeIssueComponent issue = outcome.addIssue()
                    .setSeverity(finding.severity())
                    .setCode(finding.code())
                    .setDiagnostics(finding.diagnostics());
            if (!finding.expression().isEmpty()) {
                issue.addExpression(finding.expression());
            }
        }
        return FhirJson.encode(outcome);
    }
}
