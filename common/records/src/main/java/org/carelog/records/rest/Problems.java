package org.carelog.records.rest;

import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.OperationOutcomes;

/** A problem as an answer: the outcome, and the headers HTTP wants with some. */
final class Problems {
    /** For the gateway, which asks there in the client's place. */
    static final String OWNER = "Carelog-Owner";

    private Problems() {}

    static Answer answer(FhirProblem problem) {
        Answer answer = Answer.of(OperationOutcomes.status(problem), OperationOutcomes.json(problem));
        return switch (problem) {
            case FhirProblem.Unauthenticated p ->
                answer.with(
                        "WWW-Authenticate",
                        p.tokenGiven()
                                ? "Bearer realm=\"carelog\", error=\"invalid_token\""
                                : "Bearer realm=\"carelog\"");
            case FhirProblem.MethodNotAllowed p -> answer.with("Allow", String.join(", ", p.allowed()));
            case FhirProblem.Unavailable p -> answer.with("Retry-After", "1");
            case FhirProblem.Gone p -> answer.with("ETag", Preconditions.etag(p.version()));
            case FhirProblem.OwnedElsewhere p -> answer.with(OWNER, p.owner());
            case FhirProblem.UnsupportedPatchFormat p ->
                answer.with("Accept-Patch", "application/json-patch+json, application/fhir+json");
            // what of the body is still to come is not read
            case FhirProblem.TooLarge p -> answer.with("Connection", "close");
            case FhirProblem.SlowBody p -> answer.with("Connection", "close");
            default -> answer;
        };
    }
}
