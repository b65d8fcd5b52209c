package org.carelog.records.interaction;

import ca.uhn.fhir.util.ResourceReferenceInfo;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.records.RecordsConfig;
import org.carelog.records.store.ResourceStore;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;

/**
 * What a resource refers to is there. References to types that nobody hosts here are not judged. Of a foreign type the
 * projection is asked first, and then, since the event of a record written a moment ago may still be on its way, its
 * owner. Runs before the transaction: no other service is called while a lock is held.
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

    /** Refuses with one fault per reference that points to nothing. {@code id} is the resource's own. */
    void check(Resource resource, String id) {
        check(Map.of("", resource), Set.of(new LocalReference(resource.fhirType(), id)), Set.of());
    }

    /**
     * The same for several resources.
     *
     * @param resources by the place that goes before the places of their references; empty: the resource itself
     * @param coming what is written together with them, and need not be there yet
     * @param going what is deleted together with them, and must not be referred to
     */
    void check(Map<String, Resource> resources, Set<LocalReference> coming, Set<LocalReference> going) {
        Map<LocalReference, String> places = new LinkedHashMap<>();
        resources.forEach((place, resource) -> collect(resource, place, places));
        places.keySet().removeAll(coming);
        Map<LocalReference, Boolean> withOwner = new HashMap<>();
        List<Fault> faults = Stream.concat(
                        store.missing(List.copyOf(places.keySet())).stream()
                                .filter(reference -> !withOwner.computeIfAbsent(reference, this::isWithOwner)),
                        going.stream().filter(places::containsKey))
                .distinct()
                .map(reference -> new Fault(
                        IssueType.NOTFOUND,
                        places.get(reference),
                        "The reference points to a %s that does not exist".formatted(reference.type())))
                .toList();
        if (!faults.isEmpty()) {
            throw new FhirProblemException(new FhirProblem.BrokenRule(faults));
        }
    }

    private void collect(Resource resource, String place, Map<LocalReference, String> places) {
        String root = place.isEmpty() ? resource.fhirType() : place;
        for (ResourceReferenceInfo info : FhirJson.context().newTerser().getAllResourceReferences(resource)) {
            LocalReference.of(info.getResourceReference().getReferenceElement().getValue(), config.baseUrl())
                    .filter(reference -> types.find(reference.type()).isPresent())
                    .ifPresent(reference -> places.putIfAbsent(reference, root + "." + info.getName()));
        }
    }

    private boolean isWithOwner(LocalReference reference) {
        return types.require(reference.type()).isProjected() && owners.bring(reference);
    }
}
