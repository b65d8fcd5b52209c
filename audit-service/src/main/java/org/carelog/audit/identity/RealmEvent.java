package org.carelog.audit.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.carelog.audit.ingest.NoticedPattern;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;

/** What both kinds of Keycloak's events have. Nothing is taken from one but what is named here and there. Pure. */
final class RealmEvent {
    private RealmEvent() {}

    static String id(JsonNode event) {
        return event.path("id").asText();
    }

    static Instant at(JsonNode event) {
        return Instant.ofEpochMilli(event.path("time").asLong());
    }

    /** A field of text, in a line; empty: there is none. */
    static String text(JsonNode event, String name) {
        return event.path(name).asText("").replaceAll("\\p{C}", "?");
    }

    /** One of Keycloak's constants, as codes are written here. */
    static String code(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The entry of an event.
     *
     * @param method which of the lists it was on
     * @param operation what it is in Keycloak's words
     */
    static Access access(
            JsonNode event,
            NoticedPattern pattern,
            String method,
            Agent agent,
            String address,
            String operation,
            Map<String, String> details) {
        return new AccessBuilder()
                .id(uuid(id(event)))
                .at(at(event))
                .interaction(pattern.interaction())
                .method(method)
                .agent(agent)
                .networkAddress(address)
                .requestId(id(event))
                .status(details.containsKey("error") ? 401 : 200)
                .operation(operation)
                .details(details)
                .build();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return UUID.nameUUIDFromBytes(id.getBytes(UTF_8));
        }
    }
}
