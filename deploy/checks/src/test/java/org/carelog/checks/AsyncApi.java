package org.carelog.checks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.registry.TypeRegistry;
import org.carelog.local.kafka.Topic;

/** The AsyncAPI document of the topics: what the registry of types, the list of topics and the schemas say. */
final class AsyncApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CHANGES = List.of("created", "updated", "deleted");

    private final ObjectNode document = JSON.createObjectNode();

    private AsyncApi() {}

    static ObjectNode of(List<Topic> topics) {
        AsyncApi api = new AsyncApi();
        api.head();
        topics.forEach(api::channel);
        topics.forEach(api::operation);
        topics.forEach(api::message);
        return api.document;
    }

    private void head() {
        document.put("asyncapi", "3.0.0");
        document.put("id", "urn:carelog:events");
        ObjectNode info = document.putObject("info");
        info.put("title", "Carelog's events");
        info.put("version", "1.0.0");
        info.put("description", "What holds for all of them is in README.md, beside this file.");
        info.putObject("license").put("name", "Apache-2.0");
    }

    private void channel(Topic topic) {
        ObjectNode channel = document.withObject("/channels").putObject(name(topic));
        channel.put("address", topic.name());
        channel.put("title", title(topic));
        channel.putObject("messages").putObject("record").put("$ref", "#/components/messages/" + name(topic));
        ObjectNode kafka = kafka(channel);
        kafka.put("topic", topic.name());
        kafka.put("partitions", topic.partitions());
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        new TreeMap<>(topic.configuration()).forEach((key, value) -> {
            if (key.equals("cleanup.policy")) {
                configuration.putArray(key).add(value);
            } else {
                configuration.put(key, Long.parseLong(value));
            }
        });
    }

    private void operation(Topic topic) {
        ObjectNode operation = document.withObject("/operations").putObject(name(topic) + "-publish");
        operation.put("action", "send");
        operation.put("summary", title(topic));
        operation.putObject("channel").put("$ref", "#/channels/" + name(topic));
    }

    private void message(Topic topic) {
        ObjectNode message = document.withObject("/components/messages").putObject(name(topic));
        message.put("name", name(topic));
        message.put("title", title(topic));
        message.put("contentType", contentType(topic));
        ArrayNode headers = message.putObject("headers").putArray("allOf");
        headers.addObject().put("$ref", "./schemas/%s.v1.json".formatted(headers(topic)));
        boolean ofResources = false;
        if (kind(topic).equals("recorded")) {
            message.putObject("payload").put("$ref", "./schemas/access-entry.v1.json");
        } else if (kind(topic).equals("checkpoint")) {
            message.putObject("payload").put("type", "string");
        } else {
            ofResources = true;
            ObjectNode own = headers.addObject().putObject("properties");
            own.putObject("ce_source").put("const", "urn:carelog:" + owner(topic));
            ArrayNode types = own.putObject("ce_type").putArray("enum");
            eventTypes(owner(topic)).forEach(types::add);
            ArrayNode payload = message.putObject("payload").putArray("anyOf");
            payload.addObject().put("$ref", "./schemas/resource.v1.json");
            payload.addObject().put("$ref", "./schemas/deletion.v1.json");
        }
        ObjectNode key = kafka(message).putObject("key");
        key.put("type", "string");
        if (ofResources) {
            key.put("format", "uuid");
        }
        key.put("description", key(topic));
    }

    private static String contentType(Topic topic) {
        return switch (kind(topic)) {
            case "recorded" -> "application/json";
            case "checkpoint" -> "text/plain; charset=utf-8";
            default -> "application/fhir+json";
        };
    }

    private static String headers(Topic topic) {
        return switch (kind(topic)) {
            case "recorded" -> "access-headers";
            case "checkpoint" -> "checkpoint-headers";
            default -> "headers";
        };
    }

    private static ObjectNode kafka(ObjectNode of) {
        return of.putObject("bindings").putObject("kafka").put("bindingVersion", "0.5.0");
    }

    private static Stream<String> eventTypes(String service) {
        HostedTypes types = TypeRegistry.ofClassPath().hostedBy(service);
        return types.all().stream()
                .map(HostedType::name)
                .filter(type -> types.foreignOwner(type).isEmpty())
                .sorted()
                .flatMap(
                        type -> CHANGES.stream().map(change -> "org.carelog.fhir.r4.%s.%s.v1".formatted(type, change)));
    }

    private static String name(Topic topic) {
        return word(topic, 1) + "-" + kind(topic);
    }

    private static String kind(Topic topic) {
        return word(topic, 2);
    }

    private static String owner(Topic topic) {
        return word(topic, 1) + "-service";
    }

    private static String word(Topic topic, int place) {
        return topic.name().split("\\.")[place];
    }

    private static String title(Topic topic) {
        return Map.of(
                        "changed", "Every version of every resource that %s owns",
                        "state", "Each resource that %s owns, as it is",
                        "recorded", "Every audit entry of every service",
                        "checkpoint", "What the ledger of accesses signed of itself")
                .get(kind(topic))
                .formatted(owner(topic));
    }

    private static String key(Topic topic) {
        return Map.of(
                        "changed", "The patient in whose compartment the resource is; without one, the resource",
                        "state", "The resource",
                        "recorded", "The service",
                        "checkpoint", "The log")
                .get(kind(topic));
    }
}
