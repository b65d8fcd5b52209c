package org.carelog.records.interaction;

import java.util.List;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.Resource;

/** What a client's resource must keep beyond the base rules of R4, which it has kept. */
final class IncomingResource {
    private IncomingResource() {}

    /** The rules of its type. */
    static void requireRules(HostedType type, Resource resource) {
        List<Fault> faults = type.rules().stream()
                .flatMap(rule -> rule.check(resource).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
    }

    /** The same, and its id is the URL's. */
    static void requireRules(HostedType type, String id, Resource resource) {
        requireRules(type, resource);
        if (!id.equals(resource.id())) {
            throw new FhirProblemException(new FhirProblem.IdMismatch());
        }
    }
}
