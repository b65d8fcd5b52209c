package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.journal.Journal;
import org.carelog.events.Change;
import org.carelog.events.Outbox;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.ResourceId;
import org.carelog.records.RecordsConfig;
import org.carelog.records.index.SearchIndex;
import org.carelog.records.store.Head;
import org.carelog.records.store.ResourceStore;
import org.carelog.records.store.StoredVersion;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;

/**
 * What every write says together, in the caller's transaction: the version, what is searched of it, the pending
 * publication and the journal's entry.
 */
@ApplicationScoped
class WriteStep {
    private final ResourceStore store;
    private final SearchIndex index;
    private final Outbox outbox;
    private final Journal journal;
    private final InstanceOwner owner;
    private final ReferentialIntegrity integrity;
    private final RecordsConfig config;

    WriteStep(
            ResourceStore store,
            SearchIndex index,
            Outbox outbox,
            Journal journal,
            InstanceOwner owner,
            ReferentialIntegrity integrity,
            RecordsConfig config) {
        this.store = store;
        this.index = index;
        this.outbox = outbox;
        this.journal = journal;
        this.owner = owner;
        this.integrity = integrity;
        this.config = config;
    }

    /** Version 1; null when another transaction has created the resource meanwhile. */
    Written create(Exchange exchange, String id, Resource resource) {
        StoredVersion first = first(exchange.type(), id, resource);
        return first == null ? null : told(exchange, Written.Effect.CREATED, first);
    }

    private StoredVersion first(HostedType type, String id, Resource resource) {
        owner.requireHere(resource);
        StoredVersion first = version(type, id, resource, 1, Change.CREATED, Stamp.after(null));
        var key = store.create(first);
        if (key.isEmpty()) {
            return null;
        }
        index.put(key.getAsLong(), resource);
        publish(first);
        return first;
    }

    /** Stores a Provenance about these versions. */
    StoredVersion attach(Attachment attachment, List<StoredVersion> written) {
        Provenance provenance = attachment.provenance().copy();
        written.forEach(version -> provenance.addTarget().setReference(version.toString()));
        StoredVersion stored = first(attachment.type(), ResourceId.assign(), provenance);
        integrity.hold(attachment.referred());
        return stored;
    }

    /** The version after the locked head's. One that follows a deletion counts as created again. */
    Written replace(Exchange exchange, Head head, String id, Resource resource) {
        owner.requireOwn(exchange.type().name(), head);
        owner.requireHere(resource);
        Change change = head.deleted() ? Change.CREATED : Change.UPDATED;
        StoredVersion next = version(exchange.type(), id, resource, head.version() + 1, change, Stamp.after(head));
        store.replace(head.key(), next);
        index.put(head.key(), resource);
        publish(next);
        return told(exchange, head.deleted() ? Written.Effect.CREATED : Written.Effect.UPDATED, next);
    }

    /** A deletion after the locked head; {@code remains} has nothing but the type. */
    Written delete(Exchange exchange, Head head, String id, Resource remains) {
        owner.requireOwn(exchange.type().name(), head);
        Instant at = Stamp.after(head);
        long version = head.version() + 1;
        StoredVersion next = new StoredVersion(
                exchange.type().name(),
                id,
                version,
                Change.DELETED,
                at,
                head.patientId(),
                Stamp.encode(remains, id, version, at));
        store.replace(head.key(), next);
        index.remove(head.key());
        publish(next);
        return told(exchange, Written.Effect.DELETED, next);
    }

    /** Nothing written but the journal's entry. */
    Written unchanged(Exchange exchange, Written.Effect effect, StoredVersion current) {
        journal.recordInTransaction(exchange.receipt().of(effect.status(), Written.entities(current)));
        return new Written(effect, current);
    }

    private Written told(Exchange exchange, Written.Effect effect, StoredVersion version) {
        if (exchange.attachment() == null) {
            return unchanged(exchange, effect, version);
        }
        StoredVersion attached = attach(exchange.attachment(), List.of(version));
        List<Entity> entities = Stream.of(version, attached)
                .flatMap(written -> Written.entities(written).stream())
                .toList();
        journal.recordInTransaction(exchange.receipt().of(effect.status(), entities));
        return new Written(effect, version);
    }

    private void publish(StoredVersion version) {
        outbox.add(version.type(), version.id(), version.version(), version.change(), version.patientId());
    }

    private StoredVersion version(
            HostedType type, String id, Resource resource, long version, Change change, Instant at) {
        byte[] content = Stamp.encode(resource, id, version, at);
        String patient =
                type.compartment().patientOf(resource, config.baseUrl()).orElse(null);
        return new StoredVersion(type.name(), id, version, change, at, patient, content);
    }
}
