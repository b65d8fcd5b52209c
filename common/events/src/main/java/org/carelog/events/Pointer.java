package org.carelog.events;

/**
 * One row of {@code pending_publication}: a committed version to publish, without its content.
 *
 * @param traceparent the trace in which it was written; null: none
 * @param waits whether an earlier version of its resource is pending under a key that is in hand or held
 */
record Pointer(
        long id,
        String type,
        String resourceId,
        long version,
        Change change,
        String key,
        String traceparent,
        boolean waits) {

    PublishedContent.Version content() {
        return new PublishedContent.Version(type, resourceId, version);
    }

    String resource() {
        return type + "/" + resourceId;
    }

    @Override
    public String toString() {
        return resource() + " version " + version;
    }
}
