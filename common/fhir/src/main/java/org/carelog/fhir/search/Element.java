package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

    /** What stands in the JSON for this child, in whatever form. */
    void children(List<ElementDefinition> forms, Consumer<Element> found) {
        for (ElementDefinition form : forms) {
            items(form.jsonName(), item -> found.accept(new Element(form.type(), form.codes(), item)));
        }
    }

    /** Each value of a child, by its name in JSON; a place without a value is passed over. */
    void items(String jsonName, Consumer<JsonNode> found) {
        switch (value.path(jsonName)) {
            case ArrayNode array ->
                array.forEach(item -> {
                    if (!item.isNull()) {
                        found.accept(item);
                    }
                });
            case JsonNode item when !item.isNull() && !item.isMissingNode() -> found.accept(item);
            default -> {}
        }
    }

    /** A child that is a string; null: there is none. */
    String text(String jsonName) {
        return value.path(jsonName).asText(null);
    }
}
