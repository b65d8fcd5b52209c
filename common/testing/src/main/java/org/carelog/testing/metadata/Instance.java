package org.carelog.testing.metadata;

/**
 * A resource to try interactions on.
 *
 * @param id of nothing, when there is no such resource
 * @param versionId of the version that was last seen
 * @param body as the service answers it, or as it could be sent
 */
record Instance(String type, String id, String versionId, boolean exists, String body) {
    String address() {
        return type + "/" + id;
    }

    /** The body with one thing said otherwise. */
    String changed() {
        return body.replaceFirst("\\{", "{\"language\":\"de\",");
    }
}
