package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.carelog.events.Change;
import org.carelog.records.index.SearchIndex;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.Resource;

/**
 * Puts a resource of a read-only type, which the service itself makes, as version 1. Takes part in the caller's
 * transaction; no event, no entry in the journal. What is there already stays as it is.
 */
@ApplicationScoped
public class Append {
    private final ResourceStore store;
    private final SearchIndex index;

    Append(ResourceStore store, SearchIndex index) {
        this.store = store;
        this.index = index;
    }

    /** @param patientId the Patient compartment, or null */
    public void append(String id, String patientId, Resource resource) {
        Instant now = Stamp.after(null);
        byte[] content = Stamp.encode(resource, id, 1, now);
        store.create(new StoredVersion(resource.fhirType(), id, 1, Change.CREATED, now, patientId, content))
                .ifPresent(key -> index.put(key, resource));
    }
}
