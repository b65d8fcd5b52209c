package org.carelog.records.interaction;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
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
 * Brings a projection up to a version that its owner has published. Takes part in the caller's transaction. A version
 * that is not newer than what is here changes nothing, so an event may come twice, late, or after the deletion.
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
        if (head != null && head.version() >= event.version()) {
            return;
        }
        Resource resource = FhirJson.parseStored(event.content());
        StoredVersion version = new StoredVersion(
                event.type(),
                event.resourceId(),
                event.version(),
                event.change(),
                event.time(),
                patient(type, head, event, resource),
                event.content());
        long key;
        if (head == null) {
            OptionalLong created = store.create(version);
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

    /** A deletion has no content to find the patient in: it stays where the resource was. */
    private String patient(HostedType type, Head head, ResourceChanged event, Resource resource) {
        return event.change() == org.carelog.events.Change.DELETED && head != null
                ? head.patientId()
                : type.compartment().patientOf(resource, config.baseUrl()).orElse(null);
    }

    /** The same in a transaction of its own. */
    void applyNow(ResourceChanged event) {
        QuarkusTransaction.requiringNew().run(() -> apply(event));
    }
}
