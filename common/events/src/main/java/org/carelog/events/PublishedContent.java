package org.carelog.events;

import java.time.Instant;
import java.util.Optional;

/**
 * The history of the service, from which the relay takes what it publishes. Called on the relay's own thread, outside
 * any transaction and request; it may be called again for the same version and must then give the same.
 */
public interface PublishedContent {

    /** The version as it was committed; empty when there is none, which holds back the resource's patient. */
    Optional<Content> find(String type, String id, long version);

    /**
     * @param at {@code meta.lastUpdated} of the version
     * @param json the exact JSON that clients get; of a deleted resource, its id and meta
     */
    record Content(Instant at, byte[] json) {
        @Override
        public String toString() {
            return "content of " + at;
        }
    }
}
