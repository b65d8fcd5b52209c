package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Ends a resource with a version that says so; its history stays. Deleting what is not there succeeds.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#delete">FHIR R4, delete</a>
 */
@ApplicationScoped
public class Delete {
    private final InstanceOwner owner;
    private final ReferentialIntegrity integrity;
    private final ResourceStore store;
    private final ConditionalMatch condition;
    private final WriteStep write;

    Delete(
            InstanceOwner owner,
            ReferentialIntegrity integrity,
            ResourceStore store,
            ConditionalMatch condition,
            WriteStep write) {
        this.owner = owner;
        this.integrity = integrity;
        this.store = store;
        this.condition = condition;
        this.write = write;
    }

    public Written apply(Exchange exchange, String id, OptionalLong ifMatch) {
        LocalReference target = new LocalReference(exchange.type().name(), id);
        owner.requireHere(target);
        integrity.requireUnreferencedElsewhere(target);
        return Transactions.call(() -> {
            Written written = write(exchange, id, ifMatch);
            integrity.requireUnreferenced(List.of(target));
            return written;
        });
    }

    /**
     * Deletes the one resource that the criteria choose, or nothing.
     *
     * @see <a href="https://hl7.org/fhir/R4/http.html#cdelete">FHIR R4, conditional delete</a>
     */
    public Written apply(Exchange exchange, List<Map.Entry<String, String>> criteria, OptionalLong ifMatch) {
        SearchQuery query = condition.parseUrl(exchange.type(), criteria);
        return condition.inTurn(query, () -> {
            LocalReference chosen =
                    condition.match(query).map(Delete::reference).orElse(null);
            if (chosen != null) {
                integrity.requireUnreferencedElsewhere(chosen);
            }
            return Transactions.call(() -> write(exchange, query, chosen, ifMatch));
        });
    }

    /** @param chosen what the criteria chose when other services were asked about it, or null */
    private Written write(Exchange exchange, SearchQuery query, LocalReference chosen, OptionalLong ifMatch) {
        LocalReference found =
                condition.findLocked(query).map(Delete::reference).orElse(null);
        if (found == null) {
            if (ifMatch.isPresent()) {
                throw new FhirProblemException(new FhirProblem.NothingToMatch());
            }
            return write.make(absent(exchange));
        }
        if (!found.equals(chosen)) {
            throw new FhirProblemException(new FhirProblem.Contended());
        }
        Written written = write(exchange, found.id(), ifMatch);
        integrity.requireUnreferenced(List.of(found));
        return written;
    }

    private static LocalReference reference(StoredVersion version) {
        return new LocalReference(version.type(), version.id());
    }

    /** The part in the caller's transaction. */
    Written write(Exchange exchange, String id, OptionalLong ifMatch) {
        LocalReference target = new LocalReference(exchange.type().name(), id);
        return write.make(
                decide(exchange, id, ifMatch, store.lockToDelete(target).orElse(null)));
    }

    /** @param head locked; null: there is none */
    Intent decide(Exchange exchange, String id, OptionalLong ifMatch, Head head) {
        if (ifMatch.isPresent()) {
            requireMatch(head, ifMatch.getAsLong());
        }
        return head == null || head.deleted() ? absent(exchange) : write.delete(exchange, head, id, nothing(exchange));
    }

    private static void requireMatch(Head head, long expected) {
        if (head == null) {
            throw new FhirProblemException(new FhirProblem.NothingToMatch());
        }
        if (head.version() != expected) {
            throw new FhirProblemException(new FhirProblem.VersionMismatch(expected, head.version()));
        }
    }

    /** There is nothing to delete. */
    Intent absent(Exchange exchange) {
        return write.unchanged(exchange, Written.Effect.ABSENT, null);
    }

    private static Resource nothing(Exchange exchange) {
        return Resource.empty(exchange.type().name());
    }
}
