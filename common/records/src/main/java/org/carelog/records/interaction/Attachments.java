package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.IncomingProvenance;
import org.carelog.fhir.Resource;

/**
 * Judges a Provenance that comes with a write as if it came alone, before the transaction.
 *
 * @see <a href="https://hl7.org/fhir/R4/provenance.html#header">FHIR R4, X-Provenance</a>
 */
@ApplicationScoped
public class Attachments {
    private final HostedTypes types;
    private final ReferenceCheck references;

    Attachments(HostedTypes types, ReferenceCheck references) {
        this.types = types;
        this.references = references;
    }

    /** Provenance, if clients may write it here. */
    public HostedType type() {
        return types.find("Provenance")
                .filter(HostedType::isWritten)
                .orElseThrow(() -> new FhirProblemException(
                        new FhirProblem.InvalidHeader(IncomingProvenance.HEADER, "this service keeps no Provenance")));
    }

    public Attachment of(Resource provenance) {
        HostedType type = type();
        IncomingResource.requireRules(type, provenance);
        return new Attachment(type, provenance, references.check(provenance, ""));
    }
}
