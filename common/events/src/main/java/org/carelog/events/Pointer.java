package org.carelog.events;

/** One row of {@code pending_publication}: a committed version to publish, without its content. */
record Pointer(long id, String type, String resourceId, long version, Change change, String key) {

    String resource() {
        return type + "/" + resourceId;
    }

    @Override
    public String toString() {
        return resource() + " version " + version;
    }
}
