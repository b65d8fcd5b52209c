package org.carelog.system.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A resource without what may differ between a file and a server that keeps everything. */
final class Plain {
    private Plain() {}

    /** Without version and time, and without references: the loader turns those of a Bundle into {@code Type/id}. */
    static JsonNode of(JsonNode resource) {
        ObjectNode copy = resource.deepCopy();
        if (copy.get("meta") instanceof ObjectNode meta) {
            meta.remove("versionId");
            meta.remove("lastUpdated");
        }
        withoutReferences(copy);
        return copy;
    }

    private static void withoutReferences(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("reference");
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(Plain::withoutReferences);
        }
    }
}
