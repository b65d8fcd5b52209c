package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.fhir.patch.PatchedResource;
import org.carelog.fhir.patch.ResourcePatch;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Changes parts of the current version. What comes of it is judged, and its references are checked, before anything is
 * locked; where the resource has changed meanwhile, the patch begins again.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#patch">FHIR R4, patch</a>
 */
@ApplicationScoped
public class Patch {
    private static final int ROUNDS = 20;

    private final ResourceStore store;
    private final InstanceOwner owner;
    private final ReferenceCheck references;
    private final ReferentialIntegrity integrity;
    private final ConditionalMatch condition;
    private final ConditionQueue queue;
    private final Update update;

    Patch(
            ResourceStore store,
            InstanceOwner owner,
            ReferenceCheck references,
            ReferentialIntegrity integrity,
            ConditionalMatch condition,
            ConditionQueue queue,
            Update update) {
        this.store = store;
        this.owner = owner;
        this.references = references;
        this.integrity = integrity;
        this.condition = condition;
        this.queue = queue;
        this.update = update;
    }

    /** What the patch makes of a version. */
    private record Patched(StoredVersion from, Resource resource, Map<LocalReference, String> referred) {}

    public Written apply(Exchange exchange, String id, ResourcePatch patch, OptionalLong ifMatch) {
        owner.requireHere(new LocalReference(exchange.type().name(), id));
        // patches of one resource take turns, so that only other writes can come between
        return queue.alone(
                exchange.type().name() + "/" + id,
                () -> untilUndisturbed(ifMatch, () -> {
                    Patched patched = prepare(exchange, current(exchange, id), patch, ifMatch);
                    return Transactions.call(() -> write(exchange, patched));
                }));
    }

    /** The same on the one resource that the criteria choose. */
    public Written apply(
            Exchange exchange, List<Map.Entry<String, String>> criteria, ResourcePatch patch, OptionalLong ifMatch) {
        SearchQuery query = condition.parseUrl(exchange.type(), criteria);
        return condition.inTurn(
                query,
                () -> untilUndisturbed(ifMatch, () -> {
                    Patched patched = prepare(exchange, chosen(exchange, query), patch, ifMatch);
                    return Transactions.call(() -> {
                        condition.lock(query);
                        requireSame(patched.from(), chosen(exchange, query));
                        return write(exchange, patched);
                    });
                }));
    }

    StoredVersion current(Exchange exchange, String id) {
        return Read.standing(
                exchange.type().name(),
                store.current(exchange.type().name(), id, exchange.visibility()).orElse(null));
    }

    StoredVersion chosen(Exchange exchange, SearchQuery query) {
        return Read.standing(exchange.type().name(), condition.match(query).orElse(null));
    }

    private static void requireSame(StoredVersion before, StoredVersion now) {
        if (!before.id().equals(now.id()) || before.version() != now.version()) {
            throw mismatch(before.version(), now.version());
        }
    }

    /** Outside of a transaction: what is to be written. */
    private Patched prepare(Exchange exchange, StoredVersion current, ResourcePatch patch, OptionalLong ifMatch) {
        Resource resource = patched(exchange, current, patch, ifMatch);
        return new Patched(current, resource, references.check(resource, current.id()));
    }

    /** What the patch makes of the version; its references are not looked at. */
    Resource patched(Exchange exchange, StoredVersion current, ResourcePatch patch, OptionalLong ifMatch) {
        if (ifMatch.isPresent() && ifMatch.getAsLong() != current.version()) {
            throw mismatch(ifMatch.getAsLong(), current.version());
        }
        Resource resource = PatchedResource.of(patch.apply(current.content()), current.type(), current.id());
        IncomingResource.requireRules(exchange.type(), resource);
        return resource;
    }

    /** The part in the caller's transaction; a version mismatch means that the patch is to be prepared again. */
    private Written write(Exchange exchange, Patched patched) {
        StoredVersion from = patched.from();
        Written written = update.write(exchange, from.id(), patched.resource(), OptionalLong.of(from.version()));
        integrity.hold(patched.referred());
        return written;
    }

    private static Written untilUndisturbed(OptionalLong ifMatch, java.util.function.Supplier<Written> work) {
        for (int round = 1; ; round++) {
            try {
                return work.get();
            } catch (FhirProblemException e) {
                if (!(e.problem() instanceof FhirProblem.VersionMismatch) || ifMatch.isPresent()) {
                    throw e;
                }
                if (round == ROUNDS) {
                    throw new FhirProblemException(new FhirProblem.Contended());
                }
            }
        }
    }

    private static FhirProblemException mismatch(long expected, long current) {
        return new FhirProblemException(new FhirProblem.VersionMismatch(expected, current));
    }
}
