package org.carelog.records.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.IncomingBundle.Body;
import org.carelog.fhir.IncomingBundle.Entry;
import org.carelog.fhir.Interaction;
import org.carelog.fhir.OperationOutcomes;
import org.carelog.fhir.ResourceId;
import org.carelog.fhir.patch.ResourcePatch;
import org.carelog.records.interaction.Exchange;
import org.carelog.records.interaction.Transaction;
import org.carelog.records.interaction.Transaction.Choice;
import org.carelog.records.rest.BundleAnswer.Permitted;

/** Turns the entries of a transaction into the arguments of {@link Transaction}. */
@ApplicationScoped
class TransactionSteps {
    private final HostedTypes types;

    TransactionSteps(HostedTypes types) {
        this.types = types;
    }

    /** Empty: the entry only reads. A refusal names the entry. */
    Optional<Transaction.Step> step(Entry entry, FhirRequest request, BundleAnswer.Entries entries) {
        try {
            Permitted permitted = entries.permitted(request);
            return step(entry, request, permitted.route(), permitted.exchange());
        } catch (FhirProblemException e) {
            throw new FhirProblemException(new FhirProblem.OfEntry(entry.index(), e.problem()));
        }
    }

    /** What is written together is written to one database: refuses what others own, each entry with its owner. */
    void requireOwned(List<Entry> entries) {
        List<Fault> faults =
                entries.stream().flatMap(entry -> foreign(entry).stream()).toList();
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
    }

    private List<Fault> foreign(Entry entry) {
        String type = entry.url().split("[/?]", 2)[0];
        return types.foreignOwner(type)
                .filter(_ -> !entry.method().equals("GET") && !entry.method().equals("HEAD"))
                .map(owner -> new FhirProblem.OfEntry(entry.index(), new FhirProblem.OwnedElsewhere(type, owner)))
                .map(OperationOutcomes::faults)
                .orElse(List.of());
    }

    private static Optional<Transaction.Step> step(Entry entry, FhirRequest request, Route route, Exchange exchange) {
        String id = route.id() == null ? null : ResourceId.require(route.id());
        return switch (route.interaction()) {
            case CREATE ->
                Optional.of(new Transaction.Creation(
                        entry.index(), exchange, entry.fullUrl(), body(entry, route), request.ifNoneExist()));
            case UPDATE ->
                Optional.of(new Transaction.Replacement(
                        entry.index(), exchange, entry.fullUrl(), body(entry, route), choice(request, id)));
            case PATCH ->
                Optional.of(new Transaction.Amendment(entry.index(), exchange, patch(entry), choice(request, id)));
            case DELETE -> Optional.of(new Transaction.Deletion(entry.index(), exchange, choice(request, id)));
            case READ,
                    VREAD,
                    HISTORY_INSTANCE,
                    HISTORY_TYPE,
                    HISTORY_SYSTEM,
                    SEARCH_TYPE,
                    SEARCH_SYSTEM,
                    CAPABILITIES,
                    REFERRERS,
                    MISSING -> Optional.empty();
            case OPERATION -> {
                if (route.action() != Interaction.Action.READ) {
                    throw route.notSupported("%s is not done in a transaction");
                }
                yield Optional.empty();
            }
            case BATCH, TRANSACTION -> throw new FhirProblemException(new FhirProblem.UnknownAddress());
        };
    }

    private static Choice choice(FhirRequest request, String id) {
        return new Choice(id, id == null ? request.criteria() : null, Preconditions.ifMatch(request));
    }

    private static Body patch(Entry entry) {
        return entry.body()
                .filter(body -> ResourcePatch.RESOURCE_TYPES.contains(body.resourceType()))
                .orElseThrow(() -> new FhirProblemException(
                        new FhirProblem.WrongResourceType(String.join(" or ", ResourcePatch.RESOURCE_TYPES))));
    }

    private static Body body(Entry entry, Route route) {
        return entry.body()
                .filter(body -> body.resourceType().equals(route.type().name()))
                .orElseThrow(() -> new FhirProblemException(
                        new FhirProblem.WrongResourceType(route.type().name())));
    }
}
