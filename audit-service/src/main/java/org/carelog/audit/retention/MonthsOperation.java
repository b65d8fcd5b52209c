package org.carelog.audit.retention;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.carelog.access.Actor;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.ledger.Retentions;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.Operation;
import org.carelog.records.rest.OwnOperation;
import org.carelog.records.rest.ParametersAnswer;

/** {@code $ledger-months}: the months that the ledger has, and before which date they may go. Thread-safe. */
@Singleton
final class MonthsOperation implements OwnOperation {
    private final Retentions retentions;
    private final RetentionRun run;

    MonthsOperation(Retentions retentions, RetentionRun run) {
        this.retentions = retentions;
        this.run = run;
    }

    @Override
    public Operation operation() {
        return Operation.LEDGER_MONTHS;
    }

    @Override
    public List<Entity> perform(Actor actor, List<Map.Entry<String, String>> given, ParametersAnswer answer) {
        given.forEach(parameter -> {
            throw InvalidOperationParameter.refusal(parameter.getKey(), "is no parameter of this operation");
        });
        answer.values().text("latest", run.latest().toString());
        retentions
                .months()
                .forEach(month ->
                        answer.thing("month").time("begins", month.begins()).number("firstLeaf", month.firstLeaf()));
        return List.of();
    }
}
