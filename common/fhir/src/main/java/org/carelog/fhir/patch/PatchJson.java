package org.carelog.fhir.patch;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON as the patch library has it: numbers keep their digits, names are not given twice. */
final class PatchJson {
    // looked up once: each look-up searches the class path
    static final JsonProvider PROVIDER = JsonProvider.provider();

    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(
            Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE, "org.eclipse.parsson.maxDepth", 200));

    /** Names, values and brackets: a resource has at most 300,000 when it comes. */
    private static final int MOST_EVENTS = 400_000;

    private PatchJson() {}

    /** @throws JsonException when the bytes are no JSON array or object, or not only that */
    static JsonStructure read(byte[] json) {
        try (JsonParser parser = PROVIDER.createParser(new ByteArrayInputStream(json));
                JsonReader reader = READERS.createReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8)) {
            // the reader does not count, and does not look at what follows
            for (int events = 0; parser.hasNext(); events++) {
                parser.next();
                if (events > MOST_EVENTS) {
                    throw new JsonException("of too many names and values");
                }
            }
            return reader.read();
        } catch (JsonException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new JsonException("nested too deeply", e);
        }
    }

    static byte[] bytes(JsonStructure json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonWriter writer = PROVIDER.createWriter(out)) {
            writer.write(json);
        }
        return out.toByteArray();
    }

    /** Without members that are empty arrays or objects, or become so. Items of arrays keep their places. */
    static JsonStructure withoutEmpty(JsonStructure json) {
        return switch (json) {
            case JsonArray array -> {
                JsonArrayBuilder items = PROVIDER.createArrayBuilder();
                array.forEach(item -> items.add(item instanceof JsonStructure inner ? withoutEmpty(inner) : item));
                yield items.build();
            }
            case JsonObject object -> {
                JsonObjectBuilder members = PROVIDER.createObjectBuilder();
                object.forEach((name, member) -> {
                    JsonValue kept = member instanceof JsonStructure inner ? withoutEmpty(inner) : member;
                    if (!isEmpty(kept)) {
                        members.add(name, kept);
                    }
                });
                yield members.build();
            }
            default -> json;
        };
    }

    private static boolean isEmpty(JsonValue value) {
        return value instanceof JsonArray array && array.isEmpty()
                || value instanceof JsonObject object && object.isEmpty();
    }

    /** By RFC 6902, 4.6: numbers by their value, objects whatever the order of their members. */
    static boolean equal(JsonValue a, JsonValue b) {
        return switch (a) {
            case JsonNumber number ->
                b instanceof JsonNumber other && number.bigDecimalValue().compareTo(other.bigDecimalValue()) == 0;
            case JsonArray array -> {
                boolean same = b instanceof JsonArray other && array.size() == other.size();
                for (int i = 0; same && i < array.size(); i++) {
                    same = equal(array.get(i), ((JsonArray) b).get(i));
                }
                yield same;
            }
            case JsonObject object ->
                b instanceof JsonObject other
                        && object.keySet().equals(other.keySet())
                        && object.entrySet().stream()
                                .allMatch(member -> equal(member.getValue(), other.get(member.getKey())));
            default -> a.equals(b);
        };
    }
}
