package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.records.RecordsConfig;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;

/**
 * Of a type that several services own, each instance has one owner from its first version on: the one that its content
 * names. It is written there and nowhere else.
 */
@ApplicationScoped
class InstanceOwner {
    private final HostedTypes types;
    private final ResourceStore store;
    private final Owners owners;
    private final RecordsConfig config;

    InstanceOwner(HostedTypes types, ResourceStore store, Owners owners, RecordsConfig config) {
        this.types = types;
        this.store = store;
        this.owners = owners;
        this.config = config;
    }

    /** Refuses content that belongs to another service. */
    void requireHere(Resource incoming) {
        types.foreignOwner(incoming, config.baseUrl()).ifPresent(owner -> {
            throw refusal(incoming.type(), owner);
        });
    }

    /** The same before the transaction, and refuses an id that another service has used. */
    void requireHere(LocalReference target, Resource incoming) {
        requireHere(incoming);
        requireHere(target);
    }

    /** Refuses an id that another service has used, and that is not here. Before the transaction. */
    void requireHere(LocalReference target) {
        if (types.require(target.type()).isShared() && !store.knows(target)) {
            String user = owners.userOf(target);
            if (user != null) {
                throw refusal(target.type(), user);
            }
        }
    }

    /** Refuses to change a copy. */
    void requireOwn(String type, Head head) {
        if (head.copy()) {
            throw refusal(type, String.join(" or ", types.otherOwners(type)));
        }
    }

    private static FhirProblemException refusal(String type, String owner) {
        return new FhirProblemException(new FhirProblem.OwnedElsewhere(type, owner));
    }
}
