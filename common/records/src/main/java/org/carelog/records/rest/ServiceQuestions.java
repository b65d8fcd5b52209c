package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carelog.access.Actor;
import org.carelog.access.Role;
import org.carelog.audit.journal.Entity;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.LocalReference;
import org.carelog.records.RecordsConfig;
import org.carelog.records.interaction.Missing;
import org.carelog.records.interaction.Referrers;

/** Answers another service of this system, and nobody else: ids are told that the asker's user may not be allowed to see. */
@ApplicationScoped
class ServiceQuestions {
    private static final String TARGET = "target";

    private final Referrers referrers;
    private final Missing missing;
    private final RecordsConfig config;

    ServiceQuestions(Referrers referrers, Missing missing, RecordsConfig config) {
        this.referrers = referrers;
        this.missing = missing;
        this.config = config;
    }

    Answer referrers(FhirRequest request, Actor actor) {
        LocalReference target = request.parameter(TARGET)
                .flatMap(reference -> LocalReference.of(reference, ""))
                .orElseThrow(() -> new FhirProblemException(
                        new FhirProblem.InvalidSearchParameter(TARGET, "Type/id is expected")));
        requireService(actor, Referrers.ADDRESS, target.type());
        return Answer.of(200, referrers.apply(target))
                .showing(List.of(new Entity(target.type(), target.id(), null, null)));
    }

    Answer missing(FhirRequest request, Actor actor) {
        requireService(actor, Missing.ADDRESS, "any type");
        byte[] body = MediaTypes.json(request, config.maxBodySize().asLongValue());
        return Answer.of(200, missing.apply(FhirJson.parse(body, "Parameters")));
    }

    private static void requireService(Actor actor, String address, String type) {
        if (!actor.roles().contains(Role.SERVICE)) {
            throw new FhirProblemException(new FhirProblem.Forbidden("operation " + address, type));
        }
    }
}
