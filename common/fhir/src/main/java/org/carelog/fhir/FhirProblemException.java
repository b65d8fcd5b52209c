package org.carelog.fhir;

/** Carries a {@link FhirProblem} to the edge. It has no stack trace: a refusal is an answer, not a fault. */
public final class FhirProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient FhirProblem problem;

    public FhirProblemException(FhirProblem problem) {
        super(problem.getClass().getSimpleName(), null, false, false);
        this.problem = problem;
    }

    public FhirProblem problem() {
        return problem;
    }
}
