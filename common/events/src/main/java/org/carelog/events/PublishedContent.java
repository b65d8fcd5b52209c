package org.carelog.events;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The history of the service, from which the relay takes what it publishes. Called on the relay's own thread, outside
 * any transaction and request; it may be called again for the same version and must then give the same.
 */
public interface PublishedContent {

    /**
     * Versions as they were committed. One that there is not is left out, which, asked for first, holds back the
     * resource's patient. Of contents too large to be held together, some of the first are given, at least one: whoever
     * misses another asks again.
     */
    Map<Version, Content> find(List<Version> versions);

    /** What is asked for. */
    record Version(String type, String id, long number) {}

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
