package org.carelog.records.interaction;

import java.util.List;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.hl7.fhir.r4.model.Resource;

/** A client's body as a resource that keeps the base rules of R4 and the rules of its type; or a refusal. */
final class IncomingResource {
    private IncomingResource() {}

    static Resource of(HostedType type, byte[] body) {
        Resource resource = FhirJson.parse(body, type.name());
        List<Fault> faults = type.rules().stream()
                .flatMap(rule -> rule.check(resource).stream())
                .toList();
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
        return resource;
    }

    /** The same, and the body's id is the URL's. */
    static Resource of(HostedType type, String id, byte[] body) {
        Resource resource = of(type, body);
        if (!id.equals(resource.getIdElement().getIdPart())) {
            throw new FhirProblemException(new FhirProblem.IdMismatch());
        }
        return resource;
    }
}
