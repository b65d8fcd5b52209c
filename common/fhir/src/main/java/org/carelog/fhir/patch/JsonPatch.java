package org.carelog.fhir.patch;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * A JSON Patch. Arrays and objects that it leaves empty go with it: FHIR has none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902, JavaScript Object Notation (JSON) Patch</a>
 */
final class JsonPatch implements ResourcePatch {
    private final List<JsonOperation> operations;

    private JsonPatch(List<JsonOperation> operations) {
        this.operations = operations;
    }

    static JsonPatch read(byte[] document) {
        List<JsonOperation> operations = new ArrayList<>();
        for (JsonValue operation : array(document)) {
            if (!(operation instanceof JsonObject object)) {
                throw malformed("Operation %d is no JSON object".formatted(operations.size() + 1));
            }
            operations.add(JsonOperation.of(operations.size() + 1, object));
        }
        return new JsonPatch(operations);
    }

    private static List<JsonValue> array(byte[] document) {
        JsonStructure structure;
        try {
            structure = PatchJson.read(document);
        } catch (JsonException e) {
            throw malformed("A JSON Patch is one well-formed JSON array of operations");
        }
        if (!(structure instanceof jakarta.json.JsonArray array) || array.size() > MAX_OPERATIONS) {
            throw malformed("A JSON Patch is an array of at most %d operations".formatted(MAX_OPERATIONS));
        }
        return array;
    }

    @Override
    public byte[] apply(byte[] resource) {
        JsonStructure patched = PatchJson.read(resource);
        CopyBudget budget = new CopyBudget();
        for (JsonOperation operation : operations) {
            patched = operation.apply(patched, budget);
        }
        return PatchJson.bytes(PatchJson.withoutEmpty(patched));
    }

    static FhirProblemException malformed(String diagnostics) {
        return new FhirProblemException(new FhirProblem.MalformedPatch(diagnostics));
    }
}
