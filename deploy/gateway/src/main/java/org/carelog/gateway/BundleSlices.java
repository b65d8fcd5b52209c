package org.carelog.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A Bundle cut into its entries without reading what is in them: their bytes stay as they came.
 *
 * @param total absent when it has none
 * @param type {@code Bundle.type}; empty when it has none
 * @param links by relation
 */
record BundleSlices(OptionalLong total, String type, Map<String, String> links, List<Slice> entries) {

    /** The extension of an answer's response that names the service to which the entry belongs. */
    static final String OWNER = "urn:carelog:owner";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    BundleSlices {
        links = Map.copyOf(links);
        entries = List.copyOf(entries);
    }

    /**
     * @param id {@code entry.id}; empty when it has none
     * @param method {@code request.method}; empty when the entry has none
     * @param url {@code request.url}; empty when the entry has none
     * @param owner of an answer: the service to which the entry belongs; empty when it says none
     */
    record Slice(byte[] bytes, String id, String method, String url, String owner) {
        boolean isWrite() {
            return !method.equals("GET") && !method.equals("HEAD");
        }

        Destination destination() {
            return Destination.of("/fhir/" + url.split("\\?", 2)[0]);
        }

        /** The resource type that the entry is about; empty when it is about several, or none. */
        String resourceType() {
            return destination() instanceof Destination.OfType of ? of.type() : "";
        }
    }

    /** @throws IOException when the bytes are not one JSON object in UTF-8, with each name once */
    static BundleSlices of(byte[] bundle) throws IOException {
        try (JsonParser json = JSON.createParser(bundle)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            OptionalLong total = OptionalLong.empty();
            String type = "";
            Map<String, String> links = new HashMap<>();
            List<Slice> entries = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                if (field.equals("type") && value == JsonToken.VALUE_STRING) {
                    type = json.getText();
                } else if (field.equals("total") && value == JsonToken.VALUE_NUMBER_INT) {
                    total = OptionalLong.of(json.getLongValue());
                } else if (field.equals("link") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        Map<String, String> link = strings(json);
                        links.put(link.getOrDefault("relation", ""), link.getOrDefault("url", ""));
                    }
                } else if (field.equals("entry") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        entries.add(entry(json, bundle));
                    }
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw new IOException("more than a JSON object");
            }
            return new BundleSlices(total, type, links, entries);
        }
    }

    private static Slice entry(JsonParser json, byte[] bundle) throws IOException {
        int start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        if (start < 0) {
            // the parser took it for UTF-16 or UTF-32, and knows characters only
            throw new IOException("no UTF-8");
        }
        String id = "";
        Map<String, String> request = Map.of();
        String owner = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            if (field.equals("request") && value == JsonToken.START_OBJECT) {
                request = strings(json);
            } else if (field.equals("response") && value == JsonToken.START_OBJECT) {
                owner = owner(json);
            } else if (field.equals("id") && value == JsonToken.VALUE_STRING) {
                id = json.getText();
            } else {
                json.skipChildren();
            }
        }
        int end = Math.toIntExact(json.currentLocation().getByteOffset());
        return new Slice(
                Arrays.copyOfRange(bundle, start, end),
                id,
                request.getOrDefault("method", ""),
                request.getOrDefault("url", ""),
                owner);
    }

    private static String owner(JsonParser response) throws IOException {
        String owner = "";
        while (response.nextToken() == JsonToken.FIELD_NAME) {
            String field = response.currentName();
            if (response.nextToken() == JsonToken.START_ARRAY && field.equals("extension")) {
                while (response.nextToken() == JsonToken.START_OBJECT) {
                    Map<String, String> extension = strings(response);
                    owner = extension.getOrDefault("url", "").equals(OWNER)
                            ? extension.getOrDefault("valueString", "")
                            : owner;
                }
            } else {
                response.skipChildren();
            }
        }
        return owner;
    }

    /** The fields of an object that are strings. */
    private static Map<String, String> strings(JsonParser json) throws IOException {
        Map<String, String> strings = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                strings.put(field, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return strings;
    }

    /**
     * A Bundle of that type with these entries, in their order.
     *
     * @param links by relation
     */
    static byte[] together(String type, OptionalLong total, Map<String, String> links, List<byte[]> entries) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        write(bundle, "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\"");
        total.ifPresent(number -> write(bundle, ",\"total\":" + number));
        if (!links.isEmpty()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            links.forEach(
                    (relation, url) -> all.addObject().put("relation", relation).put("url", url));
            write(bundle, ",\"link\":" + all);
        }
        for (int i = 0; i < entries.size(); i++) {
            write(bundle, i == 0 ? ",\"entry\":[" : ",");
            bundle.writeBytes(entries.get(i));
        }
        write(bundle, entries.isEmpty() ? "}" : "]}");
        return bundle.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
