package org.carelog.records.interaction;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.carelog.events.ServiceClock;
import org.carelog.fhir.Resource;
import org.carelog.records.store.Head;

/** Gives a resource its identity and version, as the server assigns them, and its bytes. */
final class Stamp {
    private Stamp() {}

    /** The time of a new version: now, in milliseconds as {@code meta.lastUpdated} has them, and later than the last. */
    static Instant after(Head head) {
        Instant now = ServiceClock.now().truncatedTo(ChronoUnit.MILLIS);
        return head == null || now.isAfter(head.lastUpdated())
                ? now
                : head.lastUpdated().plusMillis(1);
    }

    /** Sets id, version and time, and encodes. Whatever else the client put into {@code meta} stays. */
    static byte[] encode(Resource resource, String id, long version, Instant at) {
        resource.identify(id, version, at);
        return resource.bytes();
    }
}
