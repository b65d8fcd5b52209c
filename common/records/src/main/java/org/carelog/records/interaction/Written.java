package org.carelog.records.interaction;

import org.carelog.records.store.StoredVersion;

/**
 * What a write did. It has its entry in the journal already.
 *
 * @param version the version that now stands; null after deleting what was not there
 */
public record Written(Effect effect, StoredVersion version) {
    /** The ways a write can end well, with their status codes. */
    public enum Effect {
        CREATED(201),
        UPDATED(200),
        /** The content was that of the current version already. */
        UNCHANGED(200),
        /** A conditional create found what it would have created. */
        MATCHED(200),
        DELETED(204),
        /** There was nothing to delete. */
        ABSENT(204);

        private final int status;

        Effect(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /** Whether the write made the version, which was not there before. */
    boolean isVersion() {
        return switch (effect) {
            case CREATED, UPDATED, DELETED -> true;
            case UNCHANGED, MATCHED, ABSENT -> false;
        };
    }
}
