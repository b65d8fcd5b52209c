package org.carelog.fhir.patch;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Random;

/** Small JSON documents with names that need escapes, numbers of every form, and lists; the same for the same seed. */
final class RandomJson {
    private static final String[] NAMES = {"a", "b", "name", "name2", "a/b", "m~n", "~1", "0", "10", "-", "é"};

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    JsonObject object() {
        return object(0);
    }

    /** The document with some members and items changed, added or left out. */
    JsonStructure changed(JsonStructure document) {
        return (JsonStructure) changed(document, 0);
    }

    private JsonObject object(int depth) {
        JsonObjectBuilder object = PatchJson.PROVIDER.createObjectBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            object.add(NAMES[random.nextInt(NAMES.length)], value(depth + 1));
        }
        return object.build();
    }

    private JsonArray array(int depth) {
        JsonArrayBuilder array = PatchJson.PROVIDER.createArrayBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            array.add(value(depth + 1));
        }
        return array.build();
    }

    private JsonValue value(int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 8)) {
            case 0 -> JsonValue.TRUE;
            case 1 -> JsonValue.NULL;
            case 2 -> PatchJson.PROVIDER.createValue(random.nextInt(5));
            case 3 -> PatchJson.PROVIDER.createValue(BigDecimal.valueOf(random.nextInt(1000), random.nextInt(6)));
            case 4 -> PatchJson.PROVIDER.createValue("x".repeat(random.nextInt(3)));
            case 5, 6 -> object(depth);
            default -> array(depth);
        };
    }

    private JsonValue changed(JsonValue value, int depth) {
        return switch (value) {
            case JsonObject object -> {
                JsonObjectBuilder members = PatchJson.PROVIDER.createObjectBuilder();
                object.forEach((name, member) -> {
                    if (random.nextInt(5) > 0) {
                        members.add(name, changed(member, depth + 1));
                    }
                });
                if (random.nextInt(3) == 0) {
                    members.add(NAMES[random.nextInt(NAMES.length)], value(depth + 1));
                }
                yield members.build();
            }
            case JsonArray array -> {
                JsonArrayBuilder items = PatchJson.PROVIDER.createArrayBuilder();
                for (JsonValue item : array) {
                    if (random.nextInt(4) == 0) {
                        items.add(value(depth + 1));
                    }
                    if (random.nextInt(4) > 0) {
                        items.add(changed(item, depth + 1));
                    }
                }
                yield items.build();
            }
            default -> random.nextInt(4) == 0 && depth > 0 ? value(depth) : value;
        };
    }
}
