package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.records.RecordsConfig;
import org.carelog.records.store.ResourceStore;

/**
 * What is referred to is not deleted. A write ends by holding the heads that it refers to, a deletion by looking for
 * referrers behind its lock of the head: whichever of two at once is first, the other one sees it. Other services are
 * asked before the transaction, so between two services a reference and a deletion at the same moment can both succeed.
 */
@ApplicationScoped
class ReferentialIntegrity {
    /** So many referrers are named in a refusal. */
    static final int NAMED = 5;

    /** The parameters of Provenance that lead to what it is about. */
    private static final Set<String> OF_HISTORY = Set.of("target", "patient");

    private final HostedTypes types;
    private final ResourceStore store;
    private final OwnerClient owners;
    private final RecordsConfig config;
    private final long[] ofHistory;

    ReferentialIntegrity(
            HostedTypes types,
            SearchableTypes searchable,
            ResourceStore store,
            OwnerClient owners,
            RecordsConfig config) {
        this.types = types;
        this.store = store;
        this.owners = owners;
        this.config = config;
        this.ofHistory = searchable.find("Provenance").stream()
                .flatMap(provenance -> OF_HISTORY.stream().flatMap(name -> provenance.parameter(name).stream()))
                .mapToLong(SearchParameter::key)
                .toArray();
    }

    /**
     * To be called at the end of the transaction that writes references.
     *
     * @param places by what is referred to, where
     */
    void hold(Map<LocalReference, String> places) {
        List<Fault> faults = store
                .hold(places.keySet().stream()
                        .filter(target -> types.find(target.type())
                                .filter(HostedType::isWritten)
                                .isPresent())
                        .toList())
                .stream()
                .map(gone -> ReferenceCheck.fault(gone, places.get(gone)))
                .toList();
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
    }

    /** To be called before the transaction that deletes. */
    void requireUnreferencedElsewhere(LocalReference target) {
        if (!config.referentialIntegrityOnDelete()
                || !store.missing(List.of(target)).isEmpty()) {
            return;
        }
        for (String service : types.otherOwners()) {
            if (owners.knows(service)) {
                requireNone(target, referrersAt(service, target));
            }
        }
    }

    /** To be called at the end of the transaction that has deleted these. */
    void requireUnreferenced(Collection<LocalReference> deleted) {
        if (config.referentialIntegrityOnDelete()) {
            deleted.forEach(target -> requireNone(target, referrers(target)));
        }
    }

    /** Some of this service's own resources that keep the target. What tells of its history, its end included, does not. */
    List<LocalReference> referrers(LocalReference target) {
        return store.referrers(target, ofHistory, NAMED);
    }

    private List<LocalReference> referrersAt(String service, LocalReference target) {
        return owners.resource(service, Referrers.ADDRESS + "?target=" + target)
                .map(ReferenceList::read)
                .orElseThrow(() -> OwnerClient.unavailable(service));
    }

    private static void requireNone(LocalReference target, List<LocalReference> referrers) {
        if (!referrers.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.StillReferenced(
                    target.type(),
                    target.id(),
                    referrers.stream().map(LocalReference::toString).toList()));
        }
    }
}
