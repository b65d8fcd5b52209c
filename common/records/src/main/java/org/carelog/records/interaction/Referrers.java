package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.LocalReference;

/** Tells another service which of this one's own resources refer to a resource that the other is to delete: a few of them. */
@ApplicationScoped
public class Referrers {
    /** Where it is asked, with the parameter {@code target}. */
    public static final String ADDRESS = "$referrers";

    private final ReferentialIntegrity integrity;

    Referrers(ReferentialIntegrity integrity) {
        this.integrity = integrity;
    }

    /** A Parameters resource. */
    public byte[] apply(LocalReference target) {
        return ReferenceList.of(integrity.referrers(target)).bytes();
    }
}
