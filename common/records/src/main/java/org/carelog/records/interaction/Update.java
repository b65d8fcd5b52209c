package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.OptionalLong;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.VersionRules;
import org.carelog.fhir.VersionRules.Current;
import org.carelog.fhir.VersionRules.Decision;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.Resource;

/**
 * Puts a new current version under an id, creating the resource if there is none.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#update">FHIR R4, update</a>
 */
@ApplicationScoped
public class Update {
    private final ReferenceCheck references;
    private final ResourceStore store;
    private final WriteStep write;

    Update(ReferenceCheck references, ResourceStore store, WriteStep write) {
        this.references = references;
        this.store = store;
        this.write = write;
    }

    public Written apply(Exchange exchange, String id, Resource incoming, OptionalLong ifMatch) {
        IncomingResource.requireRules(exchange.type(), id, incoming);
        references.check(incoming, id);
        return Transactions.call(() -> write(exchange, id, incoming, ifMatch));
    }

    /** The part in the caller's transaction. */
    Written write(Exchange exchange, String id, Resource incoming, OptionalLong ifMatch) {
        Written written;
        do {
            written = decide(exchange, id, incoming, ifMatch);
        } while (written == null); // created by another transaction between the look and the insert
        return written;
    }

    private Written decide(Exchange exchange, String id, Resource incoming, OptionalLong ifMatch) {
        Head head = store.lock(exchange.type().name(), id).orElse(null);
        Current current = head == null ? null : new Current(head.version(), head.deleted());
        return switch (VersionRules.decide(current, ifMatch, () -> sameContent(exchange, id, incoming, head))) {
            case Decision.Create c -> write.create(exchange, id, incoming);
            case Decision.Replace r -> write.replace(exchange, head, id, incoming);
            case Decision.Unchanged u -> write.unchanged(exchange, Written.Effect.UNCHANGED, current(exchange, id));
            case Decision.Refuse refusal -> throw new FhirProblemException(refusal.problem());
        };
    }

    /** The incoming resource, given the current version's stamp, would be the very same bytes. */
    private boolean sameContent(Exchange exchange, String id, Resource incoming, Head head) {
        byte[] stamped = Stamp.encode(incoming, id, head.version(), head.lastUpdated());
        return Arrays.equals(stamped, current(exchange, id).content());
    }

    private StoredVersion current(Exchange exchange, String id) {
        return store.current(exchange.type().name(), id, new Visibility.Everything())
                .orElseThrow();
    }
}
