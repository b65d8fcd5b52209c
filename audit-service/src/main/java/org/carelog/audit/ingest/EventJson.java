package org.carelog.audit.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.carelog.audit.journal.Access;
import org.carelog.fhir.ResourceId;

/** The parts that all AuditEvents have, as JSON with its elements in the order of R4. Pure. */
final class EventJson {
    static final String IP_ADDRESS = "2";
    static final String URI = "5";

    private EventJson() {}

    /** Of the event at this place among those of an access. */
    static String id(Access access, String source, long seq, int place) {
        return ResourceId.of(access.at(), source + "/" + seq + "/" + place);
    }

    /** @param service whose entry it is */
    static ObjectNode source(String service) {
        ObjectNode json = object().put("site", service);
        json.set("observer", byIdentifier(service));
        json.putArray("type").add(Codes.APPLICATION_SERVER.json());
        return json;
    }

    /** @param what and {@code role}: null, where there is none */
    static ObjectNode entity(ObjectNode what, Coding type, Coding role) {
        ObjectNode entity = object();
        if (what != null) {
            entity.set("what", what);
        }
        entity.set("type", type.json());
        if (role != null) {
            entity.set("role", role.json());
        }
        return entity;
    }

    /** @param types how it takes part, in all these ways */
    static ObjectNode agent(Coding... types) {
        ObjectNode agent = object();
        ArrayNode codings = agent.putObject("type").putArray("coding");
        Stream.of(types).map(Coding::json).forEach(codings::add);
        return agent;
    }

    static void addNetwork(ObjectNode agent, String address, String type) {
        agent.putObject("network").put("address", address).put("type", type);
    }

    static ObjectNode byIdentifier(String value) {
        ObjectNode reference = object();
        reference.putObject("identifier").put("value", value);
        return reference;
    }

    /** Somebody of whom nothing is known. */
    static ObjectNode unknown() {
        return object().put("display", "unknown");
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
