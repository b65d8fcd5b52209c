package org.carelog.audit.ingest;

import static org.carelog.audit.ingest.EventJson.addNetwork;
import static org.carelog.audit.ingest.EventJson.agent;
import static org.carelog.audit.ingest.EventJson.byIdentifier;
import static org.carelog.audit.ingest.EventJson.entity;
import static org.carelog.audit.ingest.EventJson.object;
import static org.carelog.audit.ingest.EventJson.unknown;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Agent;
import org.carelog.audit.journal.Entity;
import org.carelog.events.TraceContext;
import org.carelog.fhir.Resource;
import org.carelog.records.interaction.Append;

/**
 * An access as AuditEvents, by BALP: one for each patient among what it touched, or one without. What is nobody's is in the event of
 * the patient, where there is one only, and else in one of its own: with each of many it would be a thousand times a
 * thousand. Identifiers only. A profile is claimed where it is kept. Elements are in the order of R4. Pure.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/content.html">BALP 1.1, content</a>
 */
public final class BalpEvents {
    private final String source;
    private final long seq;
    private final Access access;
    private final BalpPattern pattern;
    private final List<String> patients;

    private BalpEvents(String source, long seq, Access access) {
        this.source = source;
        this.seq = seq;
        this.access = access;
        this.pattern = BalpPattern.of(access);
        this.patients = access.entities().stream()
                .map(Entity::patient)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /**
     * The events of the entry with the number {@code seq}, each made when it is asked for; the same entry always gives the
     * same, ids included. What was noticed elsewhere, and is no request, has one, see {@link NoticedEvent}.
     */
    public static Stream<Append.Made> of(String source, long seq, Access access) {
        return NoticedPattern.of(access)
                .map(pattern -> Stream.of(new NoticedEvent(source, seq, access, pattern).made()))
                .orElseGet(() -> new BalpEvents(source, seq, access).events());
    }

    private Stream<Append.Made> events() {
        boolean alone = patients.size() != 1 && (patients.isEmpty() || hasWhatIsNobodys());
        return IntStream.range(0, patients.size() + (alone ? 1 : 0))
                .mapToObj(place -> event(place, place < patients.size() ? patients.get(place) : null));
    }

    private boolean hasWhatIsNobodys() {
        return access.entities().stream().anyMatch(entity -> entity.patient() == null);
    }

    private Append.Made event(int place, String patient) {
        Resource resource = Resource.empty("AuditEvent");
        ObjectNode event = resource.json().put("id", EventJson.id(access, source, seq, place));
        List<ObjectNode> entities = data(patient);
        List<String> profiles = profiles(patient != null, !entities.isEmpty());
        if (!profiles.isEmpty()) {
            ArrayNode claimed = event.putObject("meta").putArray("profile");
            profiles.forEach(claimed::add);
        }
        event.set("type", Codes.REST.json());
        if (pattern != BalpPattern.UNKNOWN) {
            Coding interaction = new Coding(Codes.INTERACTION, access.interaction(), access.interaction());
            event.putArray("subtype").add(interaction.json());
        }
        if (access.operation() != null) {
            event.withArrayProperty("subtype").add(new Coding(Codes.OPERATION, access.operation(), null).json());
        }
        event.put("action", pattern.action())
                .put("recorded", Resource.instant(access.at()))
                .put("outcome", outcome());
        if (access.status() >= 400) {
            event.put("outcomeDesc", "HTTP " + access.status());
        }
        event.putArray("agent").addAll(agents());
        event.set("source", EventJson.source(source));
        addWhatIsNoData(entities, patient);
        if (!entities.isEmpty()) {
            event.putArray("entity").addAll(entities);
        }
        return new Append.Made(resource, patient);
    }

    /** @param data whether it names what was touched or asked for */
    private List<String> profiles(boolean ofPatient, boolean data) {
        List<String> profiles = new ArrayList<>();
        if (access.status() >= 400) {
            profiles.add(Profiles.REFUSAL);
        } else if (data && !access.networkAddress().isEmpty()) {
            pattern.balp(ofPatient).ifPresent(profiles::add);
        }
        if (access.status() < 400) {
            pattern.own().ifPresent(profiles::add);
        }
        if (hasToken()) {
            profiles.add(Profiles.TOKEN);
        }
        return profiles;
    }

    /** Whether it is told which token it was: of a user, and what an URI can have in it. */
    private boolean hasToken() {
        String id = access.agent().tokenId();
        return hasUser() && !id.isEmpty() && id.chars().noneMatch(Character::isWhitespace);
    }

    private String outcome() {
        if (access.status() < 400) {
            return "0";
        }
        return access.status() < 500 ? "4" : "8";
    }

    private List<ObjectNode> agents() {
        return hasUser() ? List.of(client(), server(), user()) : List.of(client(), server());
    }

    private boolean hasUser() {
        Agent agent = access.agent();
        return !agent.subject().isEmpty() || !agent.name().isEmpty();
    }

    private ObjectNode client() {
        ObjectNode client = agent(pattern.client());
        String name = access.agent().client();
        client.set("who", name.isEmpty() ? unknown() : byIdentifier(name));
        client.put("requestor", !hasUser());
        if (!access.networkAddress().isEmpty()) {
            addNetwork(client, access.networkAddress(), EventJson.IP_ADDRESS);
        }
        return client;
    }

    private ObjectNode server() {
        ObjectNode server = agent(pattern.server());
        server.set("who", byIdentifier(source));
        server.put("requestor", false);
        addNetwork(server, "urn:carelog:" + source, EventJson.URI);
        return server;
    }

    private ObjectNode user() {
        Agent agent = access.agent();
        ObjectNode user = hasToken() ? agent(pattern.user(), Codes.TOKEN_USER) : agent(pattern.user());
        agent.roles().forEach(role -> user.withArrayProperty("role").add(new Coding(Codes.ROLE, role, null).concept()));
        user.set("who", byIdentifier(agent.subject().isEmpty() ? agent.name() : agent.subject()));
        if (!agent.name().isEmpty()) {
            user.put("name", agent.name());
        }
        user.put("requestor", true);
        if (hasToken()) {
            user.putArray("policy").add("urn:ietf:params:oauth:jti:" + agent.tokenId());
        }
        return user;
    }

    /** What was asked for and what was touched. */
    private List<ObjectNode> data(String patient) {
        List<ObjectNode> data = new ArrayList<>();
        if (pattern == BalpPattern.QUERY || (pattern.mayHaveQuery() && access.query() != null)) {
            data.add(entity(null, Codes.SYSTEM_OBJECT, Codes.QUERY).put("query", query()));
        }
        for (Entity entity : access.entities()) {
            if (Objects.equals(entity.patient(), patient) || (entity.patient() == null && patients.size() == 1)) {
                // BALP has a single system object: the query, or the first resource. Others go by their resource type.
                Coding type =
                        data.isEmpty() ? Codes.SYSTEM_OBJECT : new Coding(Codes.RESOURCE_TYPE, entity.type(), null);
                data.add(entity(reference(entity), type, Codes.DOMAIN_RESOURCE));
            }
        }
        return data;
    }

    private void addWhatIsNoData(List<ObjectNode> entities, String patient) {
        if (entities.isEmpty() && access.resourceType() != null) {
            entities.add(
                    entity(null, Codes.SYSTEM_OBJECT, Codes.DOMAIN_RESOURCE).put("description", access.resourceType()));
        }
        if (patient != null) {
            entities.add(entity(object().put("reference", "Patient/" + patient), Codes.PERSON, Codes.PATIENT));
        }
        if (!access.requestId().isEmpty()) {
            entities.add(entity(byIdentifier(access.requestId()), Codes.REQUEST_ID, null));
        }
        TraceContext.traceId(access.traceparent())
                .ifPresent(trace -> entities.add(entity(byIdentifier(trace), Codes.TRACE_ID, null)));
    }

    private String query() {
        String type = access.resourceType() == null ? "" : access.resourceType();
        String query = access.query() == null ? "" : "?" + access.query();
        byte[] request = (access.method() + " " + type + query).getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(request);
    }

    private static ObjectNode reference(Entity entity) {
        String reference = entity.type() + "/" + entity.id();
        return object().put(
                        "reference",
                        entity.version() == null ? reference : reference + "/_history/" + entity.version());
    }
}
