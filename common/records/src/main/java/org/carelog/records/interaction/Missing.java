package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.Resource;
import org.carelog.records.store.ResourceStore;

/** Tells another service which of the resources that the other is about to refer to are not here, or are deleted. */
@ApplicationScoped
public class Missing {
    /** Where it is asked, with a Parameters resource that lists references, and answered with another one. */
    public static final String ADDRESS = "$missing";

    private final ResourceStore store;

    Missing(ResourceStore store) {
        this.store = store;
    }

    public byte[] apply(Resource references) {
        return ReferenceList.of(store.missing(ReferenceList.read(references))).bytes();
    }
}
