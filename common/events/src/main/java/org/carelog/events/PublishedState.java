package org.carelog.events;

import java.util.List;
import java.util.Map;

/**
 * The resources that the service owns, as they are. Called on a thread of the relay's own, outside any transaction and
 * request.
 */
public interface PublishedState {

    /**
     * The last committed version of each, deletions too. One that there is not is left out. Of contents too large to be held
     * together, some of the first are given, at least one: whoever misses another asks again.
     */
    Map<Resource, State> find(List<Resource> resources);

    /** The next resources that the service owns, behind a place of a walk that begins at 0; none: that was all. */
    List<Found> owned(long after, int atMost);

    /** What is asked for. */
    record Resource(String type, String id) {
        @Override
        public String toString() {
            return type + "/" + id;
        }
    }

    /** @param patientId the patient in whose compartment it is; null: none */
    record State(long version, Change change, String patientId, PublishedContent.Content content) {}

    /** @param place where a walk goes on behind it */
    record Found(long place, Resource resource) {}
}
