package org.carelog.fhir.patch;

import jakarta.json.JsonException;
import jakarta.json.JsonPointer;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.regex.Pattern;

/**
 * A place in a JSON document.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901, JSON Pointer</a>
 */
record Pointer(String text, JsonPointer library) {
    private static final int MAX_LENGTH = 1000;
    private static final Pattern FORM = Pattern.compile("(/([^/~]|~[01])*)*+");
    /** No index of an array, and no name in FHIR; the library would take it for an index. */
    private static final Pattern LEADING_ZERO = Pattern.compile(".*/0\\d+(/.*)?", Pattern.DOTALL);

    static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    static Pointer of(String text) {
        return new Pointer(text, PatchJson.PROVIDER.createPointer(text));
    }

    JsonValue value(JsonStructure document) {
        return strict().getValue(document);
    }

    JsonStructure add(JsonStructure document, JsonValue value) {
        return text.isEmpty() ? whole(value) : strict().add(document, value);
    }

    JsonStructure replace(JsonStructure document, JsonValue value) {
        return text.isEmpty() ? whole(value) : strict().replace(document, value);
    }

    JsonStructure remove(JsonStructure document) {
        return strict().remove(document);
    }

    /** Whether it is a place below the other one. */
    boolean isInside(Pointer other) {
        return text.startsWith(other.text + "/");
    }

    private static JsonStructure whole(JsonValue value) {
        if (value instanceof JsonStructure structure) {
            return structure;
        }
        throw new JsonException("a resource is no scalar");
    }

    private JsonPointer strict() {
        if (LEADING_ZERO.matcher(text).matches()) {
            throw new JsonException("no index");
        }
        return library;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pointer pointer && pointer.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
