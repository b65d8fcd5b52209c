package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LiteralReferences;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.records.RecordsConfig;
import org.carelog.records.store.ResourceStore;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * What a resource refers to is of a type that R4 has for it, and is there. Whether it is there is not judged of types that
 * nobody owns. Of a foreign type the projection is asked first, if there is one, and then, since the event of a record written
 * a moment ago may still be on its way, its owner. Runs before the transaction: no other service is called while a lock is
 * held.
 */
@ApplicationScoped
class ReferenceCheck {
    private final HostedTypes types;
    private final ResourceStore store;
    private final Owners owners;
    private final RecordsConfig config;

    ReferenceCheck(HostedTypes types, ResourceStore store, Owners owners, RecordsConfig config) {
        this.types = types;
        this.store = store;
        this.owners = owners;
        this.config = config;
    }

    /**
     * Refuses with one fault per reference that points to nothing, or to what its element does not refer to.
     *
     * @param id the resource's own
     * @return by what is referred to, where: for {@link ReferentialIntegrity#hold}
     */
    Map<LocalReference, String> check(Resource resource, String id) {
        return check(Map.of("", resource), Set.of(new LocalReference(resource.type(), id)), Set.of());
    }

    /**
     * The same for several resources.
     *
     * @param resources by the place that goes before the places of their references; empty: the resource itself
     * @param coming what is written together with them, and need not be there yet
     * @param going what is deleted together with them, and must not be referred to
     */
    Map<LocalReference, String> check(
            Map<String, Resource> resources, Set<LocalReference> coming, Set<LocalReference> going) {
        Map<LocalReference, String> places = new LinkedHashMap<>();
        List<Fault> misplaced = new ArrayList<>();
        resources.forEach((place, resource) -> {
            LiteralReferences references =
                    LiteralReferences.of(resource, place.isEmpty() ? resource.type() : place, config.baseUrl());
            references.places().forEach(places::putIfAbsent);
            misplaced.addAll(references.faults());
        });
        refuse(misplaced);
        places.keySet().removeIf(target -> coming.contains(target) || !isOwnedBySomebody(target));
        Set<LocalReference> missing = new HashSet<>(owners.missing(store.missing(List.copyOf(places.keySet()))));
        List<Fault> faults = places.entrySet().stream()
                .filter(reference -> missing.contains(reference.getKey()) || going.contains(reference.getKey()))
                .map(reference -> fault(reference.getKey(), reference.getValue()))
                .toList();
        refuse(faults);
        return places;
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
    }

    static Fault fault(LocalReference target, String place) {
        return new Fault(
                IssueType.NOTFOUND, place, "The reference points to a %s that does not exist".formatted(target.type()));
    }

    private boolean isOwnedBySomebody(LocalReference target) {
        return types.find(target.type()).isPresent()
                || !types.otherOwners(target.type()).isEmpty();
    }
}
