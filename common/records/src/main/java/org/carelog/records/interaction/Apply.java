package org.carelog.records.interaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carelog.access.Visibility;
import org.carelog.events.Change;
import org.carelog.events.ResourceChanged;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.Resource;
import org.carelog.records.RecordsConfig;
import org.carelog.records.store.Head;
import org.carelog.records.store.KeyedVersion;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;
import org.carelog.sql.Batch;

/**
 * Brings a projection up to the versions that its owner has published. Takes part in the caller's transaction. An event may
 * come twice, late, or after the deletion: a version that is not newer than what is here changes nothing, and is in the
 * history.
 */
@ApplicationScoped
public class Apply {
    private final HostedTypes types;
    private final ResourceStore store;
    private final VersionStep step;
    private final RecordsConfig config;

    Apply(HostedTypes types, ResourceStore store, VersionStep step, RecordsConfig config) {
        this.types = types;
        this.store = store;
        this.step = step;
        this.config = config;
    }

    /** In their order. Events of types that are not projected here are none of ours, and pass. */
    public void apply(List<ResourceChanged> events) {
        // Only one version of a resource is written at a time: what comes after it starts the next round.
        Map<LocalReference, ResourceChanged> round = new LinkedHashMap<>();
        for (ResourceChanged event : events) {
            if (types.find(event.type()).filter(HostedType::isProjected).isEmpty()) {
                continue;
            }
            if (round.containsKey(target(event))) {
                applyRound(round);
                round.clear();
            }
            round.put(target(event), event);
        }
        applyRound(round);
    }

    private void applyRound(Map<LocalReference, ResourceChanged> events) {
        Map<LocalReference, Head> heads = store.lockAll(events.keySet(), false);
        List<NewVersion> current = new ArrayList<>();
        List<KeyedVersion> earlier = new ArrayList<>();
        events.forEach((target, event) -> {
            Head head = heads.get(target);
            HostedType type = type(event);
            if (head != null && type.isShared() && !head.copy()) {
                throw new IllegalStateException(event.reference() + " is owned by two services");
            }
            if (head == null || head.version() < event.version()) {
                current.add(version(event, head));
            } else if (version(event, event.version()).isEmpty()) {
                // Behind a later one: it was under another key, since the resource moved between patients.
                earlier.add(new KeyedVersion(head.key(), stored(type, event, FhirJson.parseStored(event.content()))));
            }
        });
        Batch batch = step.batch();
        List<NewVersion> overtaken = step.write(batch, current, true);
        step.addEarlier(batch, earlier);
        batch.run();
        if (!overtaken.isEmpty()) {
            // brought by other transactions meanwhile, which have ended
            Map<LocalReference, ResourceChanged> again = new LinkedHashMap<>();
            overtaken.forEach(version -> again.put(version.reference(), events.get(version.reference())));
            applyRound(again);
        }
    }

    static LocalReference target(ResourceChanged event) {
        return new LocalReference(event.type(), event.resourceId());
    }

    private HostedType type(ResourceChanged event) {
        return types.find(event.type()).orElseThrow();
    }

    /** What an event makes of the resource with this head; null: none is here yet. */
    NewVersion version(ResourceChanged event, Head head) {
        Resource resource = FhirJson.parseStored(event.content());
        return new NewVersion(head, stored(type(event), event, resource), resource);
    }

    private StoredVersion stored(HostedType type, ResourceChanged event, Resource resource) {
        return new StoredVersion(
                event.type(),
                event.resourceId(),
                event.version(),
                event.change(),
                event.time(),
                patient(type, event, resource),
                event.content());
    }

    /** A deletion has no content to find the patient in: it is where the version before was, which has the same key. */
    private String patient(HostedType type, ResourceChanged event, Resource resource) {
        return event.change() == Change.DELETED
                ? version(event, event.version() - 1)
                        .or(() -> store.current(event.type(), event.resourceId(), new Visibility.Everything()))
                        .map(StoredVersion::patientId)
                        .orElse(null)
                : type.compartment().patientOf(resource, config.baseUrl()).orElse(null);
    }

    private Optional<StoredVersion> version(ResourceChanged event, long number) {
        return store.version(event.type(), event.resourceId(), number, new Visibility.Everything());
    }

    /** The same in a transaction of its own. */
    void applyNow(ResourceChanged event) {
        QuarkusTransaction.requiringNew().run(() -> apply(List.of(event)));
    }
}
