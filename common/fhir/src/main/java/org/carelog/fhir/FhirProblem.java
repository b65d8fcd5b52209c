package org.carelog.fhir;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * A reason why a request is refused. Problems carry types, ids, versions, element paths and parameter names, never a
 * value of a record. {@link OperationOutcomes} gives each its status and its OperationOutcome.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#Status-Codes">FHIR R4, RESTful API, status codes</a>
 */
public sealed interface FhirProblem {
    /** The body is no JSON. */
    record MalformedJson(String diagnostics) implements FhirProblem {}

    /** The body is no XML, or has what is not read, such as a document type. */
    record MalformedXml(String diagnostics) implements FhirProblem {}

    /** The body is JSON and breaks the base rules of its resource type, once per fault. */
    record InvalidContent(List<Fault> faults) implements FhirProblem {
        public InvalidContent {
            faults = List.copyOf(faults);
        }
    }

    /** One fault of a resource: its kind, its place as a FHIRPath, and what is wrong there. */
    record Fault(IssueType code, String expression, String diagnostics) {}

    /** The patch is none of its format. */
    record MalformedPatch(String diagnostics) implements FhirProblem {}

    /**
     * An operation of a patch cannot be done on the resource.
     *
     * @param number its place in the patch, from 1
     * @param path as it was sent, without literals
     */
    record FailedPatch(int number, String operation, String path, String reason) implements FhirProblem {}

    /** The patch changes the type or the id of the resource. */
    record IdentityPatched() implements FhirProblem {}

    /** What the patch makes of the resource breaks the base rules of its type, once per fault. */
    record InvalidPatchResult(List<Fault> faults) implements FhirProblem {
        public InvalidPatchResult {
            faults = List.copyOf(faults);
        }
    }

    /** The resource is valid and breaks a rule of this server, once per fault. */
    record BrokenRule(List<Fault> faults) implements FhirProblem {
        public BrokenRule {
            faults = List.copyOf(faults);
        }
    }

    /** The body's resourceType is not the one of the URL. */
    record WrongResourceType(String expected) implements FhirProblem {}

    /** The id in the URL or body is not a FHIR id. */
    record InvalidId() implements FhirProblem {}

    /** The id of the body is missing, or not the one of the URL or of the condition's match. */
    record IdMismatch() implements FhirProblem {}

    /** A header whose value cannot be understood. */
    record InvalidHeader(String name, String diagnostics) implements FhirProblem {}

    /** Nothing here, or nothing that the asker may know of. */
    record NotFound(String type) implements FhirProblem {}

    /** The resource was deleted by this version. */
    record Gone(String type, String id, long version) implements FhirProblem {}

    /** If-Match names another version than the current one. */
    record VersionMismatch(long expected, long current) implements FhirProblem {}

    /** If-Match was given and there is no such resource. */
    record NothingToMatch() implements FhirProblem {}

    /** A conditional update was to create a resource under an id that another one has. */
    record AlreadyExists(String type, String id) implements FhirProblem {}

    /** Others change the resource all the time; the request may be sent again. */
    record Contended() implements FhirProblem {}

    /** A conditional interaction without criteria in its URL. */
    record MissingCriteria() implements FhirProblem {}

    /** The criteria of a conditional interaction match several resources. */
    record SeveralMatches(String type) implements FhirProblem {}

    /** An address or a condition has a percent sign that escapes nothing. */
    record MalformedEscape() implements FhirProblem {}

    /** The resource cannot be deleted: these, and perhaps more, refer to it. */
    record StillReferenced(String type, String id, List<String> referrers) implements FhirProblem {
        public StillReferenced {
            referrers = List.copyOf(referrers);
        }
    }

    /** The resource is, or belongs, at another service. */
    record OwnedElsewhere(String type, String owner) implements FhirProblem {}

    /** This server has nothing at the address. */
    record UnknownAddress() implements FhirProblem {}

    /** The resource type is not hosted here. */
    record UnknownType() implements FhirProblem {}

    /** There is no such operation at the address. */
    record UnknownOperation(List<String> known) implements FhirProblem {
        public UnknownOperation {
            known = List.copyOf(known);
        }
    }

    /** A parameter of an operation that is not known, missing, or not understood. */
    record InvalidOperationParameter(String name, String diagnostics) implements FhirProblem {
        /** The refusal that says so. */
        public static FhirProblemException refusal(String name, String diagnostics) {
            return new FhirProblemException(new InvalidOperationParameter(name, diagnostics));
        }
    }

    /** The address does not serve this HTTP method. */
    record MethodNotAllowed(Collection<String> allowed) implements FhirProblem {
        public MethodNotAllowed {
            allowed = List.copyOf(allowed);
        }
    }

    /** The body's media type is not served. */
    record UnsupportedMediaType() implements FhirProblem {}

    /** The body's media type is none of a patch. */
    record UnsupportedPatchFormat() implements FhirProblem {}

    /** None of the media types the client accepts is served. */
    record NotAcceptable() implements FhirProblem {}

    /** The body is larger than the limit, in bytes. */
    record TooLarge(long limit) implements FhirProblem {}

    /** The body did not come, or not to its end, in the time that it may take. */
    record SlowBody(Duration limit) implements FhirProblem {}

    /** A parameter, or a modifier of one, that is not known for the type. */
    record UnknownSearchParameter(String type, String name, List<String> known) implements FhirProblem {
        public UnknownSearchParameter {
            known = List.copyOf(known);
        }
    }

    /** A parameter whose value cannot be understood. */
    record InvalidSearchParameter(String name, String diagnostics) implements FhirProblem {}

    /**
     * A parameter that is new or changed, while resources that were there before are yet to be indexed by it.
     *
     * @param percent how many of them are
     */
    record BeingIndexed(String type, String parameter, int percent) implements FhirProblem {}

    /** A search took longer than it may, and was ended: this would make it cheaper. */
    record TooCostly(Duration limit, List<String> advice) implements FhirProblem {
        public TooCostly {
            advice = List.copyOf(advice);
        }
    }

    /** A search has more values to compare than a statement of the database takes. */
    record TooManyValues(int limit) implements FhirProblem {}

    /** A search has more matches than are counted: this would leave fewer. */
    record TooManyToCount(long limit, List<String> advice) implements FhirProblem {
        public TooManyToCount {
            advice = List.copyOf(advice);
        }
    }

    /** The answers to the entries of a Bundle before this one have so many bytes together. */
    record AnswersTooLarge(long limit) implements FhirProblem {}

    /** No token, or one that is not valid here. */
    record Unauthenticated(boolean tokenGiven) implements FhirProblem {}

    /** The asker's role does not permit this interaction on this type. */
    record Forbidden(String interaction, String type) implements FhirProblem {}

    /** What is needed to answer cannot be reached; nothing was changed, and the request may be sent again. */
    record Unavailable(String what) implements FhirProblem {}

    /** What is wrong with one entry of a transaction, and so with all of it. */
    record OfEntry(int index, FhirProblem problem) implements FhirProblem {}

    /** A fault of this server. */
    record Internal() implements FhirProblem {}
}
