package org.carelog.system.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.carelog.system.platform.Carelog;

/** {@code docs/events/asyncapi.json} and the schemas beside it. */
final class AsyncApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final Path directory;
    private final JsonNode document;
    private final Map<String, JsonSchema> schemas = new HashMap<>();

    AsyncApi(Carelog carelog) {
        directory = carelog.root().resolve("docs/events");
        document = parsed("asyncapi.json");
    }

    /** By the addresses of the topics. */
    Map<String, JsonNode> channels() {
        Map<String, JsonNode> channels = new TreeMap<>();
        document.path("channels")
                .forEach(channel -> channels.put(channel.path("address").asText(), channel));
        return channels;
    }

    /** What of a record is not as the document says. */
    List<String> faults(ConsumerRecord<String, byte[]> record) {
        JsonNode message = message(record.topic());
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        List<String> faults = new ArrayList<>();
        TreeSet<String> named = new TreeSet<>();
        message.at("/headers/allOf").forEach(part -> {
            JsonNode schema = resolved(part);
            schema.path("properties").fieldNames().forEachRemaining(named::add);
            invalid("headers", schema, JSON.valueToTree(headers), faults);
        });
        if (!record.topic().contains(".state.") && !headers.keySet().equals(named)) {
            faults.add("headers are " + headers.keySet());
        }
        invalid(
                "value",
                payload(message.path("payload"), headers.get("ce_dataschema")),
                value(message, record),
                faults);
        return faults;
    }

    private JsonNode message(String topic) {
        String reference =
                channels().get(topic).at("/messages/record/$ref").asText().substring(1);
        return document.at(reference);
    }

    /** Of those that a value may have, the one that its record says. */
    private JsonNode payload(JsonNode payload, String named) {
        for (JsonNode each : payload.path("anyOf")) {
            if (resolved(each).path("$id").asText().equals(named)) {
                return resolved(each);
            }
        }
        return resolved(payload);
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? parsed(schema.path("$ref").asText()) : schema;
    }

    /** JSON, or what its message says is text. */
    private static JsonNode value(JsonNode message, ConsumerRecord<String, byte[]> record) {
        if (message.path("contentType").asText().startsWith("text/")) {
            return JSON.valueToTree(new String(record.value(), StandardCharsets.UTF_8));
        }
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }

    /** The rules that are broken; the messages quote values, and a value may be anybody's. */
    private void invalid(String what, JsonNode schema, JsonNode instance, List<String> faults) {
        schemas.computeIfAbsent(schema.toString(), text -> FACTORY.getSchema(schema, STRICT))
                .validate(instance)
                .forEach(fault -> faults.add(what + " " + fault.getInstanceLocation() + " " + fault.getType()));
    }

    private JsonNode parsed(String file) {
        try {
            return JSON.readTree(directory.resolve(file).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
