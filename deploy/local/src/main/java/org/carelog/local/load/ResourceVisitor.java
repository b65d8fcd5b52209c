package org.carelog.local.load;

import java.io.IOException;

/** What a {@link FhirReader} tells of a file, resource by resource, in the file's order. */
interface ResourceVisitor {

    /** Whether the content of resources of this type is wanted; of the others only type and id are read. */
    boolean wants(String type);

    /** The reference to send in place of the one in the file. */
    String rewrite(String reference);

    /**
     * A resource that was wanted.
     *
     * @throws InterruptedException when the load is being stopped
     */
    void wanted(InputResource resource) throws IOException, InterruptedException;

    /** A resource that was not wanted, or that has no id: {@code id} is null then. */
    void passedOver(String type, String id);

    /** An entry of a Bundle named its resource so. */
    void named(String fullUrl, String type, String id);
}
