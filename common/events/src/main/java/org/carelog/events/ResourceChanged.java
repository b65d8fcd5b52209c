package org.carelog.events;

import java.time.Instant;
import java.util.Objects;

/**
 * One version of one resource, as its owner published it.
 *
 * @param id the same on every delivery of this version, and of no other
 * @param source the service that owns the resource, such as {@code urn:carelog:patient-service}
 * @param type the FHIR resource type
 * @param version the version id; 1 or more, and never lower than an earlier one of the same resource at first delivery
 * @param time {@code meta.lastUpdated} of the version
 * @param content the resource as {@code application/fhir+json}; of a deleted one, its id and meta. Not copied: treat it
 *     as read-only
 */
public record ResourceChanged(
        String id,
        String source,
        String type,
        String resourceId,
        long version,
        Change change,
        Instant time,
        byte[] content) {

    public ResourceChanged {
        Objects.requireNonNull(id);
        Objects.requireNonNull(source);
        Objects.requireNonNull(type);
        Objects.requireNonNull(resourceId);
        Objects.requireNonNull(change);
        Objects.requireNonNull(time);
        Objects.requireNonNull(content);
        if (version < 1) {
            throw new IllegalArgumentException("A version is 1 or more");
        }
    }

    /** {@code Patient/123}. */
    public String reference() {
        return type + "/" + resourceId;
    }

    /** The reference, version and change; never the content. */
    @Override
    public String toString() {
        return reference() + " version " + version + " " + change.word();
    }
}
