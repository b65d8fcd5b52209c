package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Reads one version of the history.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#vread">FHIR R4, vread</a>
 */
@ApplicationScoped
public class VRead {
    private final ResourceStore store;

    VRead(ResourceStore store) {
        this.store = store;
    }

    public StoredVersion apply(Exchange exchange, String id, long version) {
        return Read.standing(
                exchange.type().name(),
                store.version(exchange.type().name(), id, version, exchange.visibility())
                        .orElse(null));
    }
}
