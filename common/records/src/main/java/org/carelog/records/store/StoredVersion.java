package org.carelog.records.store;

import java.time.Instant;
import org.carelog.events.Change;

/**
 * One version of a resource, as it is kept.
 *
 * @param patientId the Patient compartment it is in, or null
 * @param content the JSON that clients receive; of a deletion: the type, id and meta only
 */
public record StoredVersion(
        String type, String id, long version, Change change, Instant lastUpdated, String patientId, byte[] content) {

    public boolean isDeleted() {
        return change == Change.DELETED;
    }

    @Override
    public String toString() {
        return "%s/%s/_history/%d".formatted(type, id, version);
    }
}
