package org.carelog.audit.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/**
 * An access as AuditEvents, by BALP: one for each patient among what it touched, or one without. Identifiers only. A
 * profile is claimed where it is kept, which a refusal never does. Pure.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/content.html">BALP 1.1, content</a>
 */
final class BalpEvents {
    private final String source;
    private final long seq;
    private final Access access;
    private final BalpPattern pattern;

    private BalpEvents(String source, long seq, Access access) {
        this.source = source;
        this.seq = seq;
        this.access = access;
        this.pattern = BalpPattern.of(access);
    }

    /** @param patientId the patient the event is about; null: none */
    record BalpEvent(String patientId, AuditEvent resource) {}

    /** The events of the entry with the number {@code seq}; the same entry always gives the same, ids included. */
    static List<BalpEvent> of(String source, long seq, Access access) {
        return new BalpEvents(source, seq, access).events();
    }

    private List<BalpEvent> events() {
        Set<String> patients = new LinkedHashSet<>();
        access.entities().stream().map(Entity::patient).filter(Objects::nonNull).forEach(patients::add);
        if (patients.isEmpty()) {
            return List.of(event(0, null));
        }
        List<BalpEvent> events = new ArrayList<>();
        for (String patient : patients) {
            events.add(event(events.size(), patient));
        }
        return events;
    }

    private BalpEvent event(int place, String patient) {
        AuditEvent event = new AuditEvent();
        event.setId(UUID.nameUUIDFromBytes((source + "/" + seq + "/" + place).getBytes(StandardCharsets.UTF_8))
                .toString());
        event.setType(Codes.REST);
        if (pattern != BalpPattern.UNKNOWN) {
            event.addSubtype(new Coding(Codes.INTERACTION, access.interaction(), access.interaction()));
        }
        event.setAction(pattern.action());
        event.setRecorded(Date.from(access.at()));
        event.setOutcome(outcome());
        if (access.status() >= 400) {
            event.setOutcomeDesc("HTTP " + access.status());
        }
        event.addAgent(client());
        event.addAgent(server());
        if (hasUser()) {
            event.addAgent(user());
        }
        event.getSource().setSite(source).setObserver(byIdentifier(source)).addType(Codes.APPLICATION_SERVER);
        boolean data = addEntities(event, patient);
        if (patient != null) {
            event.addEntity(entity(Codes.PERSON, Codes.PATIENT).setWhat(new Reference("Patient/" + patient)));
        }
        if (!access.requestId().isEmpty()) {
            event.addEntity(new AuditEventEntityComponent()
                    .setType(Codes.REQUEST_ID)
                    .setWhat(byIdentifier(access.requestId())));
        }
        if (keepsProfile(data)) {
            event.getMeta().addProfile(pattern.profile(patient != null));
        }
        return new BalpEvent(patient, event);
    }

    private boolean keepsProfile(boolean data) {
        return pattern.hasProfile()
                && outcome() == AuditEventOutcome._0
                && data
                && !access.networkAddress().isEmpty();
    }

    private AuditEventOutcome outcome() {
        if (access.status() < 400) {
            return AuditEventOutcome._0;
        }
        return access.status() < 500 ? AuditEventOutcome._4 : AuditEventOutcome._8;
    }

    private boolean hasUser() {
        Agent agent = access.agent();
        return !agent.subject().isEmpty() || !agent.name().isEmpty();
    }

    private AuditEventAgentComponent client() {
        AuditEventAgentComponent client = agent(pattern.client()).setRequestor(!hasUser());
        client.setWho(
                access.agent().client().isEmpty()
                        ? new Reference().setDisplay("unknown")
                        : byIdentifier(access.agent().client()));
        if (!access.networkAddress().isEmpty()) {
            client.getNetwork().setAddress(access.networkAddress()).setType(AuditEventAgentNetworkType._2);
        }
        return client;
    }

    private AuditEventAgentComponent server() {
        AuditEventAgentComponent server = agent(pattern.server()).setRequestor(false);
        server.setWho(byIdentifier(source));
        server.getNetwork().setAddress("urn:carelog:" + source).setType(AuditEventAgentNetworkType._5);
        return server;
    }

    private AuditEventAgentComponent user() {
        Agent agent = access.agent();
        AuditEventAgentComponent user = agent(pattern.user()).setRequestor(true);
        user.setWho(byIdentifier(agent.subject().isEmpty() ? agent.name() : agent.subject()));
        if (!agent.name().isEmpty()) {
            user.setName(agent.name());
        }
        agent.roles().forEach(role -> user.addRole(new CodeableConcept(new Coding(Codes.ROLE, role, null))));
        return user;
    }

    /** What was touched; whether that is all that the profile asks for beside the patient. */
    private boolean addEntities(AuditEvent event, String patient) {
        List<Entity> touched = access.entities().stream()
                .filter(entity -> entity.patient() == null || entity.patient().equals(patient))
                .toList();
        boolean query = pattern == BalpPattern.QUERY || (pattern == BalpPattern.UNKNOWN && access.query() != null);
        if (query) {
            event.addEntity(query());
        }
        for (Entity entity : touched) {
            // BALP has a single system object: the query, or the first resource. Others go by their resource type.
            boolean first = !event.hasEntity();
            event.addEntity(entity(first ? Codes.SYSTEM_OBJECT : resourceType(entity), Codes.DOMAIN_RESOURCE)
                    .setWhat(reference(entity)));
        }
        if (!event.hasEntity() && access.resourceType() != null) {
            event.addEntity(entity(Codes.SYSTEM_OBJECT, Codes.DOMAIN_RESOURCE).setDescription(access.resourceType()));
            return false;
        }
        return event.hasEntity();
    }

    private AuditEventEntityComponent query() {
        String type = access.resourceType() == null ? "" : access.resourceType();
        String query = access.query() == null ? "" : "?" + access.query();
        return entity(Codes.SYSTEM_OBJECT, Codes.QUERY)
                .setQuery((access.method() + " " + type + query).getBytes(StandardCharsets.UTF_8));
    }

    private static Coding resourceType(Entity entity) {
        return new Coding(Codes.RESOURCE_TYPE, entity.type(), null);
    }

    private static Reference reference(Entity entity) {
        String reference = entity.type() + "/" + entity.id();
        return new Reference(entity.version() == null ? reference : reference + "/_history/" + entity.version());
    }

    private static AuditEventEntityComponent entity(Coding type, Coding role) {
        return new AuditEventEntityComponent().setType(type).setRole(role);
    }

    private static AuditEventAgentComponent agent(Coding type) {
        return new AuditEventAgentComponent().setType(new CodeableConcept(type));
    }

    private static Reference byIdentifier(String value) {
        return new Reference().setIdentifier(new Identifier().setValue(value));
    }
}
