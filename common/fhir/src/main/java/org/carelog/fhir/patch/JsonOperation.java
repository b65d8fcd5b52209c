package org.carelog.fhir.patch;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * One operation of a JSON Patch.
 *
 * @param number its place in the patch, from 1
 * @param from for copy and move; else null
 * @param value for add, replace and test; else null
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902#section-4">RFC 6902, operations</a>
 */
record JsonOperation(int number, Kind kind, Pointer path, Pointer from, JsonValue value) {
    enum Kind {
        ADD,
        REMOVE,
        REPLACE,
        MOVE,
        COPY,
        TEST;

        static Kind of(int number, JsonValue op) {
            return switch (op instanceof JsonString name ? name.getString() : "") {
                case "add" -> ADD;
                case "remove" -> REMOVE;
                case "replace" -> REPLACE;
                case "move" -> MOVE;
                case "copy" -> COPY;
                case "test" -> TEST;
                default ->
                    throw JsonPatch.malformed(
                            "Operation %d: op is one of add, remove, replace, move, copy, test".formatted(number));
            };
        }

        private boolean hasFrom() {
            return this == MOVE || this == COPY;
        }

        private boolean hasValue() {
            return this == ADD || this == REPLACE || this == TEST;
        }
    }

    static JsonOperation of(int number, JsonObject operation) {
        Kind kind = Kind.of(number, operation.get("op"));
        JsonValue value = kind.hasValue() ? operation.get("value") : null;
        if (kind.hasValue() && value == null) {
            throw JsonPatch.malformed("Operation %d: a value is missing".formatted(number));
        }
        return new JsonOperation(
                number,
                kind,
                pointer(number, "path", operation),
                kind.hasFrom() ? pointer(number, "from", operation) : null,
                value);
    }

    private static Pointer pointer(int number, String member, JsonObject operation) {
        return operation.get(member) instanceof JsonString text && Pointer.isValid(text.getString())
                ? Pointer.of(text.getString())
                : refuse(number, member);
    }

    private static Pointer refuse(int number, String member) {
        throw JsonPatch.malformed(
                "Operation %d: %s is a JSON Pointer, such as /name/0/family".formatted(number, member));
    }

    JsonStructure apply(JsonStructure target, CopyBudget budget) {
        try {
            return switch (kind) {
                case ADD -> path.add(target, value);
                case REMOVE -> path.remove(target);
                case REPLACE -> path.replace(target, value);
                case MOVE -> move(target);
                case COPY -> copy(target, budget);
                case TEST -> test(target);
            };
        } catch (JsonException | IndexOutOfBoundsException e) {
            // the library's text may quote the record
            throw failed(
                    from == null
                            ? "there is no such place in the resource"
                            : "from or path is no such place in the resource");
        }
    }

    private JsonStructure move(JsonStructure target) {
        if (path.isInside(from)) {
            throw failed("an element cannot be moved into itself");
        }
        JsonValue moved = from.value(target);
        return path.equals(from) ? target : path.add(from.remove(target), moved);
    }

    private JsonStructure copy(JsonStructure target, CopyBudget budget) {
        JsonValue copied = from.value(target);
        if (!budget.takes(copied)) {
            throw failed("the patch copies too much");
        }
        return path.add(target, copied);
    }

    private JsonStructure test(JsonStructure target) {
        if (!PatchJson.equal(path.value(target), value)) {
            throw failed("the resource has another value there");
        }
        return target;
    }

    private FhirProblemException failed(String reason) {
        return new FhirProblemException(new FhirProblem.FailedPatch(
                number, kind.name().toLowerCase(java.util.Locale.ROOT), path.text(), reason));
    }
}
