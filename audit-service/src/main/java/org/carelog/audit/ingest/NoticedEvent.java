package org.carelog.audit.ingest;

import static org.carelog.audit.ingest.EventJson.addNetwork;
import static org.carelog.audit.ingest.EventJson.agent;
import static org.carelog.audit.ingest.EventJson.byIdentifier;
import static org.carelog.audit.ingest.EventJson.entity;
import static org.carelog.audit.ingest.EventJson.object;
import static org.carelog.audit.ingest.EventJson.unknown;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Agent;
import org.carelog.fhir.Resource;
import org.carelog.records.interaction.Append;

/**
 * The AuditEvent of what was noticed elsewhere: of a disclosure, a login, a change of what somebody may. There is no BALP for
 * it; {@code docs/audit.md} says what is where. Elements are in the order of R4. Pure.
 */
record NoticedEvent(String source, long seq, Access access, NoticedPattern pattern) {
    Append.Made made() {
        Resource resource = Resource.empty("AuditEvent");
        ObjectNode event = resource.json().put("id", EventJson.id(access, source, seq, 0));
        event.putObject("meta").putArray("profile").add(pattern.profile());
        event.set("type", pattern.type().json());
        pattern.subtype()
                .ifPresent(subtype -> event.withArrayProperty("subtype").add(subtype.json()));
        if (access.operation() != null) {
            event.withArrayProperty("subtype").add(new Coding(Codes.OPERATION, access.operation(), null).json());
        }
        boolean refused = access.status() >= 400;
        event.put("action", pattern.action())
                .put("recorded", Resource.instant(access.at()))
                .put("outcome", refused ? "4" : "0");
        if (refused) {
            event.put("outcomeDesc", access.details().getOrDefault("error", "refused"));
        }
        event.putArray("agent").addAll(agents());
        event.set("source", EventJson.source(source));
        event.putArray("entity").addAll(entities());
        return new Append.Made(resource, null);
    }

    private List<ObjectNode> agents() {
        Agent agent = access.agent();
        boolean hasUser = !agent.subject().isEmpty() || !agent.name().isEmpty();
        List<ObjectNode> agents = new ArrayList<>();
        agents.add(client(!hasUser));
        if (hasUser) {
            ObjectNode user = object();
            user.set("who", byIdentifier(agent.subject().isEmpty() ? agent.name() : agent.subject()));
            if (!agent.name().isEmpty()) {
                user.put("name", agent.name());
            }
            agents.add(user.put("requestor", true));
        }
        return agents;
    }

    private ObjectNode client(boolean requestor) {
        boolean reader = pattern == NoticedPattern.DISCLOSURE;
        ObjectNode client = agent(reader ? Codes.DESTINATION : Codes.APPLICATION);
        String id = access.agent().client();
        client.set("who", id.isEmpty() ? unknown() : byIdentifier(id));
        if (reader) {
            putUnlessEmpty(client, "altId", access.details().get("session"));
            putUnlessEmpty(client, "name", access.details().get("group"));
        }
        client.put("requestor", requestor);
        if (!access.networkAddress().isEmpty()) {
            addNetwork(client, access.networkAddress(), EventJson.IP_ADDRESS);
        }
        return client;
    }

    private static void putUnlessEmpty(ObjectNode node, String name, String value) {
        if (value != null && !value.isEmpty()) {
            node.put(name, value);
        }
    }

    private List<ObjectNode> entities() {
        String object = access.details().get(pattern.object());
        ObjectNode what = entity(object == null ? null : byIdentifier(object), Codes.SYSTEM_OBJECT, pattern.role());
        access.details().forEach((name, value) -> {
            if (!name.equals(pattern.object())) {
                what.withArrayProperty("detail").add(object().put("type", name).put("valueString", value));
            }
        });
        List<ObjectNode> entities = new ArrayList<>(List.of(what));
        if (!access.requestId().isEmpty()) {
            entities.add(entity(byIdentifier(access.requestId()), Codes.REQUEST_ID, null));
        }
        return entities;
    }
}
