package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Reads the current version: the stored bytes.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#read">FHIR R4, read</a>
 */
@ApplicationScoped
public class Read {
    private final ResourceStore store;

    Read(ResourceStore store) {
        this.store = store;
    }

    public StoredVersion apply(Exchange exchange, String id) {
        return standing(
                exchange.type().name(),
                store.current(exchange.type().name(), id, exchange.visibility()).orElse(null));
    }

    /** What is not there, and what the actor may not see, is not found; what was deleted is gone. */
    static StoredVersion standing(String type, StoredVersion version) {
        if (version == null) {
            throw new FhirProblemException(new FhirProblem.NotFound(type));
        }
        if (version.isDeleted()) {
            throw new FhirProblemException(new FhirProblem.Gone(version.type(), version.id(), version.version()));
        }
        return version;
    }
}
