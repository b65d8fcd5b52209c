package org.carelog.system.history;

import java.time.Instant;

/**
 * A version as a service has it in its database.
 *
 * @param change {@code created}, {@code updated} or {@code deleted}
 * @param patient the id of the patient whose record it is in; null: none
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredVersion(Version version, String change, Instant lastUpdated, String patient, byte[] content) {

    public boolean isDeletion() {
        return change.equals("deleted");
    }

    @Override
    public String toString() {
        return version + " " + change;
    }
}
