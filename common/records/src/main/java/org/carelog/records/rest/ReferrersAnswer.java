package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carelog.access.Actor;
import org.carelog.access.Role;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.LocalReference;
import org.carelog.records.interaction.Referrers;

/** Answers another service of this system, and nobody else: the ids go to whoever may delete. */
@ApplicationScoped
class ReferrersAnswer {
    private static final String TARGET = "target";

    private final Referrers referrers;

    ReferrersAnswer(Referrers referrers) {
        this.referrers = referrers;
    }

    Answer answer(FhirRequest request, Actor actor) {
        LocalReference target = request.parameter(TARGET)
                .flatMap(reference -> LocalReference.of(reference, ""))
                .orElseThrow(() -> new FhirProblemException(
                        new FhirProblem.InvalidSearchParameter(TARGET, "Type/id is expected")));
        if (!actor.roles().contains(Role.SERVICE)) {
            throw new FhirProblemException(
                    new FhirProblem.Forbidden(Interaction.REFERRERS.code() + " " + Referrers.ADDRESS, target.type()));
        }
        return Answer.of(200, referrers.apply(target))
                .showing(List.of(new Entity(target.type(), target.id(), null, null)));
    }
}
