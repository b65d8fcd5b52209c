package org.carelog.records.interaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalLong;
import org.carelog.access.Visibility;
import org.carelog.events.Change;
import org.carelog.events.ResourceChanged;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.records.RecordsConfig;
import org.carelog.records.index.SearchIndex;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.Resource;

/**
 * Brings a projection up to a version that its owner has published. Takes part in the caller's transaction. An event may
 * come twice, late, or after the deletion: a version that is not newer than what is here changes nothing, and is in the
 * history.
 */
@ApplicationScoped
public class Apply {
    private final HostedTypes types;
    private final ResourceStore store;
    private final SearchIndex index;
    private final RecordsConfig config;

    Apply(HostedTypes types, ResourceStore store, SearchIndex index, RecordsConfig config) {
        this.types = types;
        this.store = store;
        this.index = index;
        this.config = config;
    }

    /** Events of types that are not projected here are none of ours, and pass. */
    public void apply(ResourceChanged event) {
        types.find(event.type()).filter(HostedType::isProjected).ifPresent(type -> apply(type, event));
    }

    private void apply(HostedType type, ResourceChanged event) {
        Head head = store.lock(event.type(), event.resourceId()).orElse(null);
        if (head != null && type.isShared() && !head.copy()) {
            throw new IllegalStateException(event.reference() + " is owned by two services");
        }
        if (head == null || head.version() < event.version()) {
            current(type, head, event);
        } else if (version(event, event.version()).isEmpty()) {
            // Behind a later one: it was under another key, since the resource moved between patients.
            store.addEarlier(head.key(), stored(type, event, FhirJson.parseStored(event.content())));
        }
    }

    private void current(HostedType type, Head head, ResourceChanged event) {
        Resource resource = FhirJson.parseStored(event.content());
        StoredVersion version = stored(type, event, resource);
        long key;
        if (head == null) {
            OptionalLong created = store.createCopy(version);
            if (created.isEmpty()) {
                apply(type, event); // brought by another transaction meanwhile, which has ended
                return;
            }
            key = created.getAsLong();
        } else {
            store.replace(head.key(), version);
            key = head.key();
        }
        if (version.isDeleted()) {
            index.remove(key);
        } else {
            index.put(key, resource);
        }
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
        QuarkusTransaction.requiringNew().run(() -> apply(event));
    }
}
