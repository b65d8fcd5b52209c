package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carelog.events.Change;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.records.store.StoredVersion;
import org.carelog.sql.Batch;

/**
 * Puts resources of a read-only type, which the service itself makes, as version 1. Takes part in the caller's
 * transaction; no event, no entry in the journal. What is there already stays as it is.
 */
@ApplicationScoped
public class Append {
    private final VersionStep step;

    Append(VersionStep step) {
        this.step = step;
    }

    /**
     * A resource, with its id.
     *
     * @param patientId the Patient compartment, or null
     */
    public record Made(Resource resource, String patientId) {}

    public void append(Collection<Made> resources) {
        Instant now = Stamp.after(null);
        Map<LocalReference, NewVersion> first = new LinkedHashMap<>();
        for (Made made : resources) {
            String type = made.resource().type();
            String id = made.resource().id();
            byte[] content = Stamp.encode(made.resource(), id, 1, now);
            StoredVersion version = new StoredVersion(type, id, 1, Change.CREATED, now, made.patientId(), content);
            first.putIfAbsent(new LocalReference(type, id), new NewVersion(null, version, made.resource()));
        }
        Batch batch = step.batch();
        step.write(batch, first.values(), false);
        batch.run();
    }
}
