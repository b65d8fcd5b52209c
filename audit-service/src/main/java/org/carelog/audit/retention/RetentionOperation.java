package org.carelog.audit.retention;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.carelog.access.Actor;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.Operation;
import org.carelog.records.rest.OwnOperation;
import org.carelog.records.rest.ParametersAnswer;

/** {@code $ledger-retention}: gives up the ledger's months before a date. Thread-safe. */
@Singleton
final class RetentionOperation implements OwnOperation {
    private final RetentionRun run;

    RetentionOperation(RetentionRun run) {
        this.run = run;
    }

    @Override
    public Operation operation() {
        return Operation.LEDGER_RETENTION;
    }

    @Override
    public List<Entity> perform(Actor actor, List<Map.Entry<String, String>> given, ParametersAnswer answer) {
        LocalDate before = before(given);
        QuarkusTransaction.requiringNew()
                .call(() -> run.of(before, actor))
                .ifPresent(retention ->
                        answer.values().number("leaves", retention.firstLeaf()).time("before", retention.before()));
        return List.of();
    }

    private static LocalDate before(List<Map.Entry<String, String>> given) {
        if (given.size() != 1 || !given.getFirst().getKey().equals("before")) {
            throw InvalidOperationParameter.refusal("before", "a date is expected, and nothing else");
        }
        try {
            return LocalDate.parse(given.getFirst().getValue());
        } catch (DateTimeException e) {
            throw InvalidOperationParameter.refusal("before", "a date is expected");
        }
    }
}
