package org.carelog.records.index;

import java.time.Instant;

/**
 * A found resource in its current version.
 *
 * @param patientId the Patient compartment it is in; null: none
 * @param content the stored JSON; null: there are too many bytes before it
 */
public record Match(String type, String id, long version, Instant lastUpdated, String patientId, byte[] content) {
    boolean hasContent() {
        return content != null;
    }

    @Override
    public String toString() {
        return "%s/%s/_history/%d".formatted(type, id, version);
    }
}
