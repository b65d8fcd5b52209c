package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.IncomingBundle.Body;
import org.carelog.fhir.JsonLink;
import org.carelog.fhir.LocalReference;
import org.carelog.records.interaction.TransactionPlan.Write;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;

/**
 * Writes the resources of a Bundle together or not at all: deletions first, then creations, then updates. What takes
 * time, reading conditions and checking references, is done before the transaction; there the conditions are looked at
 * again under their locks, and when one has another answer by then, all begins anew.
 *
 * <p>Locks are taken in one order, conditions before heads, so two Bundles wait for each other and do not deadlock.
 *
 * @see <a href="https://hl7.org/fhir/R4/http.html#transaction">FHIR R4, transaction</a>
 */
@ApplicationScoped
public class Transaction {
    /** Plans that others overtook, before the client is asked to come back. */
    private static final int ATTEMPTS = 5;

    private final TransactionPlanner planner;
    private final ReferentialIntegrity integrity;
    private final ResourceStore store;
    private final ConditionalMatch condition;
    private final WriteStep write;
    private final Update update;
    private final Delete delete;

    Transaction(
            TransactionPlanner planner,
            ReferentialIntegrity integrity,
            ResourceStore store,
            ConditionalMatch condition,
            WriteStep write,
            Update update,
            Delete delete) {
        this.planner = planner;
        this.integrity = integrity;
        this.store = store;
        this.condition = condition;
        this.write = write;
        this.update = update;
        this.delete = delete;
    }

    /** A write that an entry asks for; {@code index} is the entry's place in its Bundle. */
    public sealed interface Step {
        int index();

        Exchange exchange();
    }

    /**
     * @param fullUrl what other entries call the resource; null: nothing
     * @param ifNoneExist the search of a conditional create, or null
     */
    public record Creation(
            int index, Exchange exchange, String fullUrl, Body body, List<Map.Entry<String, String>> ifNoneExist)
            implements Step {}

    /** @param fullUrl what other entries call the resource; null: nothing */
    public record Replacement(int index, Exchange exchange, String fullUrl, Body body, Choice choice) implements Step {}

    /** @param body a patch as a resource */
    public record Amendment(int index, Exchange exchange, Body body, Choice choice) implements Step {}

    public record Deletion(int index, Exchange exchange, Choice choice) implements Step {}

    /**
     * Which resource an entry is about, and in which version.
     *
     * @param id null: the one that the criteria choose
     * @param criteria null: the one with the id
     */
    public record Choice(String id, List<Map.Entry<String, String>> criteria, OptionalLong ifMatch) {}

    /**
     * @param links of the whole Bundle
     * @param receipt makes the journal's entry of the Bundle; each step's exchange has its own
     * @param attachment what is to be stored with all that is written; null: nothing
     * @return what each step did, by its index
     */
    public Map<Integer, Written> apply(
            List<Step> steps, List<JsonLink> links, Exchange.Receipt receipt, Attachment attachment) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            TransactionPlan plan = planner.plan(steps, links);
            try {
                return Transactions.call(() -> write(plan, receipt, attachment));
            } catch (Overtaken e) {
                // planned anew
            }
        }
        throw new FhirProblemException(
                new FhirProblem.Unavailable("A condition or resource that others change all the time"));
    }

    private Map<Integer, Written> write(TransactionPlan plan, Exchange.Receipt receipt, Attachment attachment) {
        Map<LocalReference, Long> matched = new HashMap<>();
        plan.conditional()
                .forEach(planned ->
                        stillMatched(planned).ifPresent(found -> matched.put(planned.target(), found.version())));
        Locked locked = lock(plan);
        requireUnchanged(matched, locked.heads());
        List<Write> writes = new ArrayList<>(plan.writes());
        writes.sort(Comparator.comparing(Write::turn).thenComparing(w -> String.valueOf(w.target())));
        List<Intent> intents = new ArrayList<>();
        Map<Integer, Written> written = new HashMap<>();
        for (Write next : writes) {
            try {
                Intent intent = decide(next, locked);
                intents.add(intent);
                written.put(next.step().index(), intent.written());
            } catch (FhirProblemException e) {
                throw ofEntry(next.step(), e);
            }
        }
        intents.add(write.together(receipt, attachment, written.values()));
        if (!write.write(intents)) {
            throw new Overtaken();
        }
        integrity.hold(plan.referred());
        integrity.requireUnreferenced(plan.deleted());
        return written;
    }

    /** What was there when the transaction had its locks. */
    private record Locked(Map<LocalReference, Head> heads, Map<LocalReference, StoredVersion> current) {}

    private Locked lock(TransactionPlan plan) {
        Map<LocalReference, Head> heads =
                store.lockAll(plan.heads(), !plan.deleted().isEmpty());
        return new Locked(heads, store.current(plan.replaced()));
    }

    private Intent decide(Write next, Locked locked) {
        Exchange exchange = next.step().exchange();
        if (next.target() == null) {
            return delete.absent(exchange);
        }
        String id = next.target().id();
        Head head = locked.heads().get(next.target());
        return switch (next.step()) {
            case Creation c
            when next.matched() != null -> write.unchanged(exchange, Written.Effect.MATCHED, next.matched());
            case Creation c -> write.create(exchange, id, next.resource());
            case Replacement r
            when next.condition() != null && next.matched() == null ->
                update.decideToCreate(exchange, id, next.resource(), head);
            case Replacement r -> decide(next, r.choice().ifMatch(), locked);
            case Amendment a -> amend(next, a, locked);
            case Deletion d -> delete.decide(exchange, id, d.choice().ifMatch(), head);
        };
    }

    private Intent decide(Write next, OptionalLong ifMatch, Locked locked) {
        LocalReference target = next.target();
        return update.decide(
                next.step().exchange(),
                target.id(),
                next.resource(),
                ifMatch,
                locked.heads().get(target),
                () -> locked.current().get(target));
    }

    private Intent amend(Write next, Amendment step, Locked locked) {
        try {
            return decide(next, OptionalLong.of(next.matched().version()), locked);
        } catch (FhirProblemException e) {
            if (e.problem() instanceof FhirProblem.VersionMismatch
                    && step.choice().ifMatch().isEmpty()) {
                throw new Overtaken();
            }
            throw e;
        }
    }

    /** What the condition matches: what it did when the plan was made, maybe in another version. */
    private Optional<StoredVersion> stillMatched(Write planned) {
        Optional<StoredVersion> now = condition.find(planned.condition());
        String then = planned.matched() == null ? null : planned.matched().id();
        if (!Objects.equals(now.map(StoredVersion::id).orElse(null), then)) {
            throw new Overtaken();
        }
        return now;
    }

    /** Between the look and the lock others may have made a version that the condition does not match. */
    private static void requireUnchanged(Map<LocalReference, Long> matched, Map<LocalReference, Head> locked) {
        matched.forEach((target, version) -> {
            Head head = locked.get(target);
            if (head != null && head.version() != version) {
                throw new Overtaken();
            }
        });
    }

    static FhirProblemException ofEntry(Step step, FhirProblemException refused) {
        return new FhirProblemException(new FhirProblem.OfEntry(step.index(), refused.problem()));
    }

    /** Another transaction has changed what a condition matches since the plan was made. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
