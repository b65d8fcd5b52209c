package org.carelog.records.interaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.carelog.audit.journal.Entity;
import org.carelog.audit.journal.Journal;
import org.carelog.events.Change;
import org.carelog.events.Outbox;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.Resource;
import org.carelog.fhir.ResourceId;
import org.carelog.records.RecordsConfig;
import org.carelog.records.store.Head;
import org.carelog.records.store.StoredVersion;
import org.carelog.sql.Batch;

/**
 * What all writes say together, in the caller's transaction: the versions, what is searched of them, the pending
 * publications and the journal's entries.
 */
@ApplicationScoped
class WriteStep {
    private final VersionStep versions;
    private final Outbox outbox;
    private final Journal journal;
    private final InstanceOwner owner;
    private final ReferentialIntegrity integrity;
    private final RecordsConfig config;

    WriteStep(
            VersionStep versions,
            Outbox outbox,
            Journal journal,
            InstanceOwner owner,
            ReferentialIntegrity integrity,
            RecordsConfig config) {
        this.versions = versions;
        this.outbox = outbox;
        this.journal = journal;
        this.owner = owner;
        this.integrity = integrity;
        this.config = config;
    }

    /** Version 1 of what is not here. */
    Intent create(Exchange exchange, String id, Resource resource) {
        return intent(exchange, Written.Effect.CREATED, first(exchange.type(), id, resource));
    }

    private NewVersion first(HostedType type, String id, Resource resource) {
        owner.requireHere(resource);
        return new NewVersion(null, version(type, id, resource, 1, Change.CREATED, Stamp.after(null)), resource);
    }

    /** The version after the locked head's. One that follows a deletion counts as created again. */
    Intent replace(Exchange exchange, Head head, String id, Resource resource) {
        owner.requireOwn(exchange.type().name(), head);
        owner.requireHere(resource);
        Change change = head.deleted() ? Change.CREATED : Change.UPDATED;
        StoredVersion next = version(exchange.type(), id, resource, head.version() + 1, change, Stamp.after(head));
        return intent(
                exchange,
                head.deleted() ? Written.Effect.CREATED : Written.Effect.UPDATED,
                new NewVersion(head, next, resource));
    }

    /** A deletion after the locked head; {@code remains} has nothing but the type. */
    Intent delete(Exchange exchange, Head head, String id, Resource remains) {
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
        return intent(exchange, Written.Effect.DELETED, new NewVersion(head, next, null));
    }

    private Intent intent(Exchange exchange, Written.Effect effect, NewVersion next) {
        Attachment attachment = exchange.attachment();
        List<NewVersion> all =
                attachment == null ? List.of(next) : List.of(next, attached(attachment, List.of(next.version())));
        return new Intent(
                new Written(effect, next.version()),
                all,
                exchange.receipt().of(effect.status(), entities(all)),
                attachment == null ? Map.of() : attachment.referred());
    }

    /** Nothing to write but the journal's entry. {@code current}: null if there is nothing. */
    Intent unchanged(Exchange exchange, Written.Effect effect, StoredVersion current) {
        List<Entity> entities = current == null ? List.of() : List.of(entity(current));
        return new Intent(
                new Written(effect, current), List.of(), exchange.receipt().of(effect.status(), entities), Map.of());
    }

    /** What a Bundle adds to its entries: its own entry in the journal, and what is attached to all that is written. */
    Intent together(Exchange.Receipt receipt, Attachment attachment, Collection<Written> written) {
        List<StoredVersion> targets = written.stream()
                .filter(Written::isVersion)
                .map(Written::version)
                .toList();
        if (attachment == null || targets.isEmpty()) {
            return new Intent(null, List.of(), receipt.of(200, List.of()), Map.of());
        }
        List<NewVersion> attached = List.of(attached(attachment, targets));
        return new Intent(null, attached, receipt.of(200, entities(attached)), attachment.referred());
    }

    /** A Provenance about these versions. */
    private NewVersion attached(Attachment attachment, List<StoredVersion> targets) {
        Resource provenance = attachment.provenance().copy();
        targets.forEach(version -> provenance.addReference("target", version.toString()));
        return first(attachment.type(), ResourceId.assign(), provenance);
    }

    private static List<Entity> entities(List<NewVersion> versions) {
        return versions.stream().map(next -> entity(next.version())).toList();
    }

    private static Entity entity(StoredVersion version) {
        return new Entity(version.type(), version.id(), version.version(), version.patientId());
    }

    /**
     * Makes one write.
     *
     * @throws FhirProblemException {@link FhirProblem.AlreadyExists} when another transaction has created its resource
     *     meanwhile
     */
    Written make(Intent intent) {
        if (!write(List.of(intent))) {
            StoredVersion version = intent.written().version();
            throw new FhirProblemException(new FhirProblem.AlreadyExists(version.type(), version.id()));
        }
        return intent.written();
    }

    /**
     * Makes writes, each about another resource, and their events in this order.
     *
     * @return false, and there is nothing to commit, when another transaction has created one of the resources meanwhile
     */
    boolean write(List<Intent> intents) {
        List<NewVersion> next =
                intents.stream().flatMap(intent -> intent.next().stream()).toList();
        Batch batch = versions.batch();
        if (!versions.write(batch, next, false).isEmpty()) {
            return false;
        }
        outbox.add(batch, next.stream().map(WriteStep::entry).toList());
        batch.run();
        intents.forEach(intent -> integrity.hold(intent.referred()));
        journal.recordInTransaction(intents.stream().map(Intent::access).toList());
        return true;
    }

    private static Outbox.Entry entry(NewVersion next) {
        StoredVersion version = next.version();
        return new Outbox.Entry(version.type(), version.id(), version.version(), version.change(), version.patientId());
    }

    private StoredVersion version(
            HostedType type, String id, Resource resource, long version, Change change, Instant at) {
        byte[] content = Stamp.encode(resource, id, version, at);
        String patient =
                type.compartment().patientOf(resource, config.baseUrl()).orElse(null);
        return new StoredVersion(type.name(), id, version, change, at, patient, content);
    }
}
