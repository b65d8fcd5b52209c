package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.fhir.ResourceId;
import org.carelog.fhir.VersionRules;
import org.carelog.fhir.VersionRules.Current;
import org.carelog.fhir.VersionRules.Decision;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Puts a new current version under an id, creating the resource if there is none.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#update">FHIR R4, update</a>
 */
@ApplicationScoped
public class Update {
    private final InstanceOwner owner;
    private final ReferenceCheck references;
    private final ReferentialIntegrity integrity;
    private final ConditionalMatch condition;
    private final ResourceStore store;
    private final WriteStep write;

    Update(
            InstanceOwner owner,
            ReferenceCheck references,
            ReferentialIntegrity integrity,
            ConditionalMatch condition,
            ResourceStore store,
            WriteStep write) {
        this.owner = owner;
        this.references = references;
        this.integrity = integrity;
        this.condition = condition;
        this.store = store;
        this.write = write;
    }

    public Written apply(Exchange exchange, String id, Resource incoming, OptionalLong ifMatch) {
        IncomingResource.requireRules(exchange.type(), id, incoming);
        owner.requireHere(new LocalReference(exchange.type().name(), id), incoming);
        Map<LocalReference, String> referred = references.check(incoming, id);
        return Transactions.call(() -> {
            Written written = write(exchange, id, incoming, ifMatch);
            integrity.hold(referred);
            return written;
        });
    }

    /**
     * Updates the one resource that the criteria choose, or creates it where there is none.
     *
     * @see <a href="https://hl7.org/fhir/R4/http.html#cond-update">FHIR R4, conditional update</a>
     */
    public Written apply(
            Exchange exchange, List<Map.Entry<String, String>> criteria, Resource incoming, OptionalLong ifMatch) {
        IncomingResource.requireRules(exchange.type(), incoming);
        SearchQuery query = condition.parseUrl(exchange.type(), criteria);
        String named = incoming.id();
        if (named == null) {
            owner.requireHere(incoming);
        } else {
            owner.requireHere(new LocalReference(exchange.type().name(), ResourceId.require(named)), incoming);
        }
        Map<LocalReference, String> referred = references.check(incoming, named == null ? "" : named);
        return condition.inTurn(
                query,
                () -> Transactions.call(() -> {
                    Written written = write(exchange, query, named, incoming, ifMatch);
                    integrity.hold(referred);
                    return written;
                }));
    }

    /** @param named the id in the body, or null */
    private Written write(Exchange exchange, SearchQuery query, String named, Resource incoming, OptionalLong ifMatch) {
        StoredVersion found = condition.findLocked(query).orElse(null);
        if (found == null) {
            if (ifMatch.isPresent()) {
                throw new FhirProblemException(new FhirProblem.NothingToMatch());
            }
            return create(exchange, named == null ? ResourceId.assign() : named, incoming);
        }
        if (named != null && !named.equals(found.id())) {
            throw new FhirProblemException(new FhirProblem.IdMismatch());
        }
        return write(exchange, found.id(), incoming, ifMatch);
    }

    /** In the caller's transaction: creates what the condition does not match; the id may not be another's. */
    private Written create(Exchange exchange, String id, Resource incoming) {
        return write.make(decideToCreate(
                exchange, id, incoming, store.lock(reference(exchange, id)).orElse(null)));
    }

    Intent decideToCreate(Exchange exchange, String id, Resource incoming, Head head) {
        if (head == null) {
            return write.create(exchange, id, incoming);
        }
        if (head.deleted()) {
            return write.replace(exchange, head, id, incoming);
        }
        throw new FhirProblemException(
                new FhirProblem.AlreadyExists(exchange.type().name(), id));
    }

    /** The part in the caller's transaction. */
    Written write(Exchange exchange, String id, Resource incoming, OptionalLong ifMatch) {
        LocalReference target = reference(exchange, id);
        Intent intent;
        do {
            intent = decide(
                    exchange,
                    id,
                    incoming,
                    ifMatch,
                    store.lock(target).orElse(null),
                    () -> store.current(List.of(target)).get(target));
        } while (!write.write(List.of(intent))); // created by another transaction between the look and the insert
        return intent.written();
    }

    /**
     * @param head locked; null: there is none
     * @param current the version that the head stands for
     */
    Intent decide(
            Exchange exchange,
            String id,
            Resource incoming,
            OptionalLong ifMatch,
            Head head,
            Supplier<StoredVersion> current) {
        Current state = head == null ? null : new Current(head.version(), head.deleted());
        return switch (VersionRules.decide(
                state,
                ifMatch,
                () -> incoming.says(FhirJson.parseStored(current.get().content())))) {
            case Decision.Create c -> write.create(exchange, id, incoming);
            case Decision.Replace r -> write.replace(exchange, head, id, incoming);
            case Decision.Unchanged u -> write.unchanged(exchange, Written.Effect.UNCHANGED, current.get());
            case Decision.Refuse refusal -> throw new FhirProblemException(refusal.problem());
        };
    }

    private static LocalReference reference(Exchange exchange, String id) {
        return new LocalReference(exchange.type().name(), id);
    }
}
