package org.carelog.fhir.patch;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/**
 * How much a patch may still copy. A copy of what was copied doubles it, so that a few dozen operations would make more
 * than any memory holds. For one patch; not thread-safe.
 */
final class CopyBudget {
    private static final long CHARACTERS = 5_000_000;
    private static final int MAX_DEPTH = 100;

    private long left = CHARACTERS;

    /** Takes what the value weighs; false when it is too much. */
    boolean takes(JsonValue value) {
        return takes(value, 0);
    }

    private boolean takes(JsonValue value, int depth) {
        left -= value instanceof JsonString text ? text.getChars().length() : 8;
        if (left < 0 || depth > MAX_DEPTH) {
            return false;
        }
        return switch (value) {
            case JsonArray array -> array.stream().allMatch(item -> takes(item, depth + 1));
            case JsonObject object ->
                object.entrySet().stream().allMatch(member -> {
                    left -= member.getKey().length();
                    return takes(member.getValue(), depth + 1);
                });
            default -> true;
        };
    }
}
