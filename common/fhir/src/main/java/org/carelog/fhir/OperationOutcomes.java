package org.carelog.fhir;

import static org.hl7.fhir.r4.model.OperationOutcome.IssueType.*;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Gives each problem its HTTP status and its OperationOutcome: the one place where the two meet.
 *
 * @see <a href="https://hl7.org/fhir/R4/operationoutcome.html">FHIR R4, OperationOutcome</a>
 */
public final class OperationOutcomes {
    private OperationOutcomes() {}

    /** The HTTP status of the answer. */
    public static int status(FhirProblem problem) {
        return switch (problem) {
            case FhirProblem.MalformedJson p -> 400;
            case FhirProblem.MalformedXml p -> 400;
            case FhirProblem.InvalidContent p -> 400;
            case FhirProblem.MalformedPatch p -> 400;
            case FhirProblem.WrongResourceType p -> 400;
            case FhirProblem.InvalidId p -> 400;
            case FhirProblem.IdMismatch p -> 400;
            case FhirProblem.InvalidHeader p -> 400;
            case FhirProblem.MalformedEscape p -> 400;
            case FhirProblem.MissingCriteria p -> 400;
            case FhirProblem.UnknownSearchParameter p -> 400;
            case FhirProblem.InvalidSearchParameter p -> 400;
            case FhirProblem.BeingIndexed p -> 400;
            case FhirProblem.InvalidOperationParameter p -> 400;
            case FhirProblem.UnknownOperation p -> 400;
            case FhirProblem.Unauthenticated p -> 401;
            case FhirProblem.Forbidden p -> 403;
            case FhirProblem.NotFound p -> 404;
            case FhirProblem.UnknownAddress p -> 404;
            case FhirProblem.UnknownType p -> 404;
            case FhirProblem.MethodNotAllowed p -> 405;
            case FhirProblem.NotAcceptable p -> 406;
            case FhirProblem.SlowBody p -> 408;
            case FhirProblem.AlreadyExists p -> 409;
            case FhirProblem.Contended p -> 409;
            case FhirProblem.StillReferenced p -> 409;
            case FhirProblem.Gone p -> 410;
            case FhirProblem.VersionMismatch p -> 412;
            case FhirProblem.NothingToMatch p -> 412;
            case FhirProblem.SeveralMatches p -> 412;
            case FhirProblem.TooLarge p -> 413;
            case FhirProblem.UnsupportedMediaType p -> 415;
            case FhirProblem.UnsupportedPatchFormat p -> 415;
            case FhirProblem.FailedPatch p -> 422;
            case FhirProblem.IdentityPatched p -> 422;
            case FhirProblem.InvalidPatchResult p -> 422;
            case FhirProblem.BrokenRule p -> 422;
            case FhirProblem.OwnedElsewhere p -> 422;
            case FhirProblem.TooCostly p -> 422;
            case FhirProblem.TooManyToCount p -> 422;
            case FhirProblem.AnswersTooLarge p -> 422;
            case FhirProblem.TooManyValues p -> 422;
            case FhirProblem.OfEntry p -> status(p.problem());
            case FhirProblem.Internal p -> 500;
            case FhirProblem.Unavailable p -> 503;
        };
    }

    /** The outcome as the JSON of the answer's body, with an issue for each fault. */
    public static byte[] json(FhirProblem problem) {
        Resource outcome = Resource.empty("OperationOutcome");
        ArrayNode issues = outcome.json().putArray("issue");
        for (Fault fault : faults(problem)) {
            ObjectNode issue = issue(issues, IssueSeverity.ERROR, fault.code(), fault.diagnostics());
            if (!fault.expression().isEmpty()) {
                issue.putArray("expression").add(fault.expression());
            }
        }
        return outcome.bytes();
    }

    /** An outcome that tells of a success, for {@code Prefer: return=OperationOutcome}. */
    public static byte[] success(String diagnostics) {
        Resource outcome = Resource.empty("OperationOutcome");
        issue(outcome.json().putArray("issue"), IssueSeverity.INFORMATION, INFORMATIONAL, diagnostics);
        return outcome.bytes();
    }

    /** An outcome that tells which parameters of a search were ignored, for {@code Prefer: handling=lenient}. */
    public static byte[] ignored(List<String> names) {
        Resource outcome = Resource.empty("OperationOutcome");
        ArrayNode issues = outcome.json().putArray("issue");
        for (String name : names) {
            issue(
                    issues,
                    IssueSeverity.WARNING,
                    NOTSUPPORTED,
                    "The search parameter %s is not known here, and was ignored".formatted(name));
        }
        return outcome.bytes();
    }

    /** An outcome that tells how a search was answered, a statement an issue. */
    public static byte[] explained(List<String> plans) {
        Resource outcome = Resource.empty("OperationOutcome");
        ArrayNode issues = outcome.json().putArray("issue");
        plans.forEach(plan -> issue(issues, IssueSeverity.INFORMATION, INFORMATIONAL, plan));
        return outcome.bytes();
    }

    private static ObjectNode issue(ArrayNode issues, IssueSeverity severity, IssueType code, String diagnostics) {
        return issues.addObject()
                .put("severity", severity.toCode())
                .put("code", code.toCode())
                .put("diagnostics", diagnostics);
    }

    /** What the problem consists of. */
    public static List<Fault> faults(FhirProblem problem) {
        return switch (problem) {
            case FhirProblem.MalformedJson p -> one(STRUCTURE, p.diagnostics());
            case FhirProblem.MalformedXml p -> one(STRUCTURE, p.diagnostics());
            case FhirProblem.InvalidContent p -> p.faults();
            case FhirProblem.BrokenRule p -> p.faults();
            case FhirProblem.InvalidPatchResult p -> p.faults();
            case FhirProblem.MalformedPatch p -> one(STRUCTURE, p.diagnostics());
            case FhirProblem.FailedPatch p ->
                one(PROCESSING, "Operation %d (%s %s): %s".formatted(p.number(), p.operation(), p.path(), p.reason()));
            case FhirProblem.IdentityPatched p -> one(BUSINESSRULE, "A patch may not change resourceType or id");
            case FhirProblem.WrongResourceType p ->
                List.of(new Fault(
                        INVALID, "resourceType", "A resource of type %s belongs here".formatted(p.expected())));
            case FhirProblem.InvalidId p -> one(VALUE, "An id is 1 to 64 of the characters A-Z, a-z, 0-9, '-' and '.'");
            case FhirProblem.IdMismatch p ->
                one(VALUE, "The body's id must be the id in the URL, or of what the condition matches");
            case FhirProblem.InvalidHeader p -> one(VALUE, "Header %s: %s".formatted(p.name(), p.diagnostics()));
            case FhirProblem.UnknownSearchParameter p ->
                one(
                        NOTSUPPORTED,
                        "Search parameter '%s' is not known for %s; known are: %s"
                                .formatted(p.name(), p.type(), String.join(", ", p.known())));
            case FhirProblem.InvalidSearchParameter p ->
                one(VALUE, "Search parameter '%s': %s".formatted(p.name(), p.diagnostics()));
            case FhirProblem.BeingIndexed p ->
                one(
                        NOTSUPPORTED,
                        "Search parameter '%s' of %s is new or changed, and %d %% of what is stored is indexed by it; it answers when all is"
                                .formatted(p.parameter(), p.type(), p.percent()));
            case FhirProblem.TooCostly p ->
                one(
                        TOOCOSTLY,
                        "The search took longer than %d ms, and was ended; narrow it: %s"
                                .formatted(p.limit().toMillis(), String.join("; ", p.advice())));
            case FhirProblem.AnswersTooLarge p ->
                one(
                        TOOCOSTLY,
                        "The answers to the entries before have %d bytes; this one was not done: send it in another Bundle"
                                .formatted(p.limit()));
            case FhirProblem.TooManyValues p ->
                one(
                        TOOCOSTLY,
                        "The search has more than %d values to compare, of all types that it looks at; give it fewer at a time, or name the types of its references"
                                .formatted(p.limit()));
            case FhirProblem.TooManyToCount p ->
                one(
                        TOOCOSTLY,
                        "More than %d match, which is as far as is counted; ask for _total=estimate, or narrow it: %s"
                                .formatted(p.limit(), String.join("; ", p.advice())));
            case FhirProblem.Unauthenticated p ->
                one(LOGIN, p.tokenGiven() ? "The bearer token is not valid here" : "A bearer token is needed");
            case FhirProblem.Forbidden p ->
                one(FORBIDDEN, "Your role does not permit %s on %s".formatted(p.interaction(), p.type()));
            case FhirProblem.NotFound p -> one(NOTFOUND, "There is no such %s".formatted(p.type()));
            case FhirProblem.MalformedEscape p ->
                one(VALUE, "A % in an address or a condition is followed by the two hexadecimal digits of a byte");
            case FhirProblem.UnknownAddress p -> one(NOTFOUND, "There is nothing at this address");
            case FhirProblem.UnknownOperation p ->
                one(
                        NOTSUPPORTED,
                        p.known().isEmpty()
                                ? "There are no operations at this address"
                                : "There is no such operation here; there are: " + String.join(", ", p.known()));
            case FhirProblem.InvalidOperationParameter p ->
                one(INVALID, "Parameter '%s': %s".formatted(p.name(), p.diagnostics()));
            case FhirProblem.UnknownType p -> one(NOTSUPPORTED, "This resource type is not hosted here");
            case FhirProblem.MethodNotAllowed p ->
                one(
                        NOTSUPPORTED,
                        p.allowed().isEmpty()
                                ? "This address serves nothing"
                                : "This address serves %s".formatted(String.join(", ", p.allowed())));
            case FhirProblem.NotAcceptable p ->
                one(NOTSUPPORTED, "Answers are application/fhir+json or application/fhir+xml");
            case FhirProblem.Gone p ->
                one(DELETED, "%s/%s was deleted by version %d".formatted(p.type(), p.id(), p.version()));
            case FhirProblem.StillReferenced p ->
                one(
                        CONFLICT,
                        "%s/%s is referred to, and stays: %s"
                                .formatted(p.type(), p.id(), String.join(", ", p.referrers())));
            case FhirProblem.OwnedElsewhere p ->
                one(BUSINESSRULE, "This %s belongs to %s; it is written there".formatted(p.type(), p.owner()));
            case FhirProblem.VersionMismatch p ->
                one(CONFLICT, "The current version is %d, not %d".formatted(p.current(), p.expected()));
            case FhirProblem.NothingToMatch p -> one(CONFLICT, "If-Match names a version, and there is no resource");
            case FhirProblem.AlreadyExists p ->
                one(CONFLICT, "%s/%s is there, and the condition does not match it".formatted(p.type(), p.id()));
            case FhirProblem.Contended p -> one(CONFLICT, "Others change the resource all the time; try again");
            case FhirProblem.MissingCriteria p ->
                one(REQUIRED, "The URL needs an id, or search criteria such as ?identifier=…");
            case FhirProblem.SeveralMatches p ->
                one(MULTIPLEMATCHES, "The condition matches several resources of type %s".formatted(p.type()));
            case FhirProblem.TooLarge p ->
                one(TOOLONG, "The body is larger than the limit of %d bytes".formatted(p.limit()));
            case FhirProblem.SlowBody p ->
                one(
                        TIMEOUT,
                        "The body did not come within %d s".formatted(p.limit().toSeconds()));
            case FhirProblem.UnsupportedMediaType p ->
                one(
                        NOTSUPPORTED,
                        "Bodies are application/fhir+json or application/fhir+xml, of a search application/x-www-form-urlencoded, in UTF-8");
            case FhirProblem.OfEntry p ->
                faults(p.problem()).stream()
                        .map(fault -> new Fault(fault.code(), inEntry(p.index(), fault), fault.diagnostics()))
                        .toList();
            case FhirProblem.UnsupportedPatchFormat p ->
                one(
                        NOTSUPPORTED,
                        "A patch is application/json-patch+json, or application/fhir+json or application/fhir+xml with a Parameters resource");
            case FhirProblem.Internal p ->
                one(EXCEPTION, "A fault of this server; its log has it under the request id");
            case FhirProblem.Unavailable p ->
                one(TRANSIENT, "%s is not available; nothing was changed, try again".formatted(p.what()));
        };
    }

    private static String inEntry(int index, Fault fault) {
        String entry = "Bundle.entry[%d]".formatted(index);
        if (fault.expression().startsWith("Bundle.") || fault.expression().isEmpty()) {
            return fault.expression().isEmpty() ? entry : fault.expression();
        }
        return entry + ".resource" + fault.expression().replaceFirst("^\\w+", "");
    }

    private static List<Fault> one(IssueType code, String diagnostics) {
        return List.of(new Fault(code, "", diagnostics));
    }
}
