package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.fhir.Resource;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/**
 * An element of a resource.
 *
 * @param codes where only these are allowed, by code its system; else empty
 * @param value as it stands in the JSON, never null
 */
record Element(TypeDefinition type, Map<String, String> codes, JsonNode value) {
    private static final TypeDefinition BOOLEAN = TypeDefinition.of("boolean");

    static Element of(Resource resource) {
        return new Element(TypeDefinition.of(resource.type()), Map.of(), resource.json());
    }

    static Element of(boolean value) {
        return new Element(BOOLEAN, Map.of(), BooleanNode.valueOf(value));
    }

    /** Adds what stands in the JSON for this child, in whatever form. */
    void addChildren(List<ElementDefinition> forms, List<Element> found) {
        for (ElementDefinition form : forms) {
            for (JsonNode item : items(form.jsonName())) {
                found.add(new Element(form.type(), form.codes(), item));
            }
        }
    }

    /** Each value of a child, by its name in JSON; a place without a value is passed over. */
    List<JsonNode> items(String jsonName) {
        JsonNode child = value.path(jsonName);
        if (!child.isArray()) {
            return child.isNull() || child.isMissingNode() ? List.of() : List.of(child);
        }
        List<JsonNode> items = new ArrayList<>(child.size());
        for (JsonNode item : child) {
            if (!item.isNull()) {
                items.add(item);
            }
        }
        return items;
    }

    /** A child that is a string; null: there is none. */
    String text(String jsonName) {
        return value.path(jsonName).asText(null);
    }
}
