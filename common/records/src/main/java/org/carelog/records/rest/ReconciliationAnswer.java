package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Operation;
import org.carelog.records.reconciliation.Reconciliation;
import org.carelog.records.reconciliation.Reconciliations;

/** Answers who may read the audit log whether history and journal say the same. */
@ApplicationScoped
class ReconciliationAnswer {
    private static final String FULL = "full";

    private final Reconciliations reconciliations;

    ReconciliationAnswer(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
    }

    static void requirePermitted(Operation operation, Actor actor) {
        if (!Policy.mayAudit(actor)) {
            throw new FhirProblemException(new FhirProblem.Forbidden("$" + operation.code(), "the system"));
        }
    }

    Answer ask(OperationInput input) {
        requirePossible();
        List<Map.Entry<String, String>> given = input.simple();
        boolean full = given.stream().anyMatch(parameter -> parameter.equals(Map.entry(FULL, "true")));
        if (given.size() > 1 || given.stream().anyMatch(parameter -> !isFull(parameter))) {
            throw InvalidOperationParameter.refusal(FULL, "true or false is expected, and nothing else");
        }
        ParametersAnswer answer = new ParametersAnswer();
        answer.values().number("run", reconciliations.ask(full));
        return answer.answer();
    }

    private static boolean isFull(Map.Entry<String, String> parameter) {
        return parameter.getKey().equals(FULL) && List.of("true", "false").contains(parameter.getValue());
    }

    Answer tell(OperationInput input) {
        requirePossible();
        input.requireNone();
        Reconciliation current = reconciliations.current();
        ParametersAnswer answer = new ParametersAnswer();
        ParametersAnswer.Values values = answer.thing("reconciliation")
                .number("run", current.run())
                .text(FULL, Boolean.toString(current.full()))
                .time("begun", current.begunAt());
        if (current.isFinished()) {
            values.time("finished", current.finishedAt())
                    .number("first", current.firstSeq())
                    .number("next", current.nextSeq())
                    .number("versions", current.versions())
                    .number("differences", current.differences());
            current.differing().forEach(found -> answer.thing("difference").text("found", found));
        }
        return answer.answer();
    }

    private void requirePossible() {
        if (!reconciliations.isPossible()) {
            throw new FhirProblemException(new FhirProblem.UnknownOperation(List.of()));
        }
    }
}
