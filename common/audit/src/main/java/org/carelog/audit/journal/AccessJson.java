package org.carelog.audit.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An {@link Access} as JSON, in the form of {@code docs/events/carelog.access.recorded.v1.md}: fields in a fixed order,
 * what is empty left out. These bytes are what is hashed, so they are written once and carried unchanged.
 */
public final class AccessJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AccessJson() {}

    /** The bytes that are stored, hashed and published. */
    public static byte[] encode(Access access) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", access.id().toString());
            json.writeStringField("at", access.at().toString());
            json.writeStringField("interaction", access.interaction());
            text(json, "operation", access.operation());
            text(json, "resourceType", access.resourceType());
            json.writeStringField("method", access.method());
            json.writeNumberField("status", access.status());
            text(json, "requestId", access.requestId());
            text(json, "traceparent", access.traceparent());
            text(json, "networkAddress", access.networkAddress());
            write(json, access.agent());
            text(json, "query", access.query());
            if (!access.entities().isEmpty()) {
                json.writeArrayFieldStart("entities");
                for (Entity entity : access.entities()) {
                    write(json, entity);
                }
                json.writeEndArray();
            }
            write(json, access.details());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Agent agent) throws IOException {
        json.writeObjectFieldStart("agent");
        text(json, "subject", agent.subject());
        text(json, "name", agent.name());
        text(json, "client", agent.client());
        if (!agent.roles().isEmpty()) {
            json.writeArrayFieldStart("roles");
            for (String role : agent.roles()) {
                json.writeString(role);
            }
            json.writeEndArray();
        }
        text(json, "tokenId", agent.tokenId());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Entity entity) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", entity.type());
        json.writeStringField("id", entity.id());
        if (entity.version() != null) {
            json.writeNumberField("version", entity.version());
        }
        text(json, "patient", entity.patient());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Map<String, String> details) throws IOException {
        if (!details.isEmpty()) {
            json.writeObjectFieldStart("details");
            for (Map.Entry<String, String> detail : details.entrySet()) {
                text(json, detail.getKey(), detail.getValue());
            }
            json.writeEndObject();
        }
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    /** The access in the bytes, if they hold one; fields that are not known are skipped. */
    public static Optional<Access> decode(byte[] bytes) {
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            return Optional.of(access(json));
        } catch (IOException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            // not JSON, another type of value, or a required field that is missing
            return Optional.empty();
        }
    }

    private static Access access(JsonParser json) throws IOException {
        AccessBuilder access = new AccessBuilder().status(0);
        List<Entity> entities = new ArrayList<>();
        Map<String, String> details = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "id" -> access.id(UUID.fromString(string(json)));
                case "at" -> access.at(Instant.parse(string(json)));
                case "interaction" -> access.interaction(string(json));
                case "operation" -> access.operation(string(json));
                case "resourceType" -> access.resourceType(string(json));
                case "method" -> access.method(string(json));
                case "status" -> access.status(json.getIntValue());
                case "requestId" -> access.requestId(string(json));
                case "traceparent" -> access.traceparent(string(json));
                case "networkAddress" -> access.networkAddress(string(json));
                case "agent" -> access.agent(agent(json));
                case "query" -> access.query(string(json));
                case "entities" -> {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        entities.add(entity(json));
                    }
                }
                case "details" -> {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String name = json.currentName();
                        json.nextToken();
                        details.put(name, string(json));
                    }
                }
                default -> json.skipChildren();
            }
        }
        return access.entities(entities).details(details).build();
    }

    private static Agent agent(JsonParser json) throws IOException {
        String subject = null;
        String name = null;
        String client = null;
        List<String> roles = new ArrayList<>();
        String tokenId = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "subject" -> subject = string(json);
                case "name" -> name = string(json);
                case "client" -> client = string(json);
                case "roles" -> {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        roles.add(json.getText());
                    }
                }
                case "tokenId" -> tokenId = string(json);
                default -> json.skipChildren();
            }
        }
        return new Agent(subject, name, client, roles, tokenId);
    }

    private static Entity entity(JsonParser json) throws IOException {
        String type = null;
        String id = null;
        Long version = null;
        String patient = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "type" -> type = string(json);
                case "id" -> id = string(json);
                case "version" -> version = json.getLongValue();
                case "patient" -> patient = string(json);
                default -> json.skipChildren();
            }
        }
        return new Entity(type, id, version, patient);
    }

    private static String string(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw new IllegalArgumentException("No string");
        }
        return json.getText();
    }
}
