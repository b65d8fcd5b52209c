package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.carelog.access.Actor;
import org.carelog.access.Policy;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Operation;

/** The operations by which a service is looked after: an administrator's, and nobody else's. */
@ApplicationScoped
class Administration {
    private final ParkedAnswer parked;
    private final RebuildAnswer rebuilds;

    Administration(ParkedAnswer parked, RebuildAnswer rebuilds) {
        this.parked = parked;
        this.rebuilds = rebuilds;
    }

    Answer perform(Operation operation, Supplier<OperationInput> given, Actor actor) {
        require(operation, actor);
        OperationInput input = given.get();
        return switch (operation) {
            case PARKED -> parked.list(input);
            case PARKED_REDRIVE -> parked.redrive(input);
            case PARKED_DISCARD -> parked.discard(input);
            case REBUILDS -> rebuilds.list(input);
            case REBUILD -> rebuilds.begin(input);
            default -> throw new IllegalArgumentException(operation.code());
        };
    }

    /** That the actor is one. */
    static void require(Operation operation, Actor actor) {
        if (!Policy.mayOperate(actor)) {
            throw new FhirProblemException(new FhirProblem.Forbidden("$" + operation.code(), "the system"));
        }
    }
}
