package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/** All literal references of a resource to resources of this system, extensions and contained resources included. */
public final class LiteralReferences {
    private final String baseUrl;
    private final StringBuilder place;
    private final Map<LocalReference, String> places = new LinkedHashMap<>();

    private LiteralReferences(String root, String baseUrl) {
        this.place = new StringBuilder(root);
        this.baseUrl = baseUrl;
    }

    /**
     * @param root begins the places, such as {@code Observation}
     * @return by what is referred to, the FHIRPath of the first reference to it
     */
    public static Map<LocalReference, String> in(Resource resource, String root, String baseUrl) {
        LiteralReferences references = new LiteralReferences(root, baseUrl);
        references.resource(resource.json());
        return references.places;
    }

    private void resource(ObjectNode resource) {
        walk(resource, TypeDefinition.of(resource.path("resourceType").asText()));
    }

    private void walk(ObjectNode object, TypeDefinition type) {
        int end = place.length();
        object.properties().forEach(field -> {
            // what stands beside a primitive may have extensions
            String name = field.getKey().startsWith("_") ? field.getKey().substring(1) : field.getKey();
            if (name.equals("reference") && field.getValue().isTextual()) {
                LocalReference.of(field.getValue().textValue(), baseUrl)
                        .ifPresent(target -> places.putIfAbsent(target, place.toString()));
            } else if (field.getValue().isContainerNode()) {
                ElementDefinition element = type.element(name).orElse(null);
                place.append('.').append(element == null ? name : element.name());
                // the definitions do not list the extensions that every element may have
                values(field.getValue(), element == null ? TypeDefinition.EXTENSION : element.type());
                place.setLength(end);
            }
        });
    }

    private void values(JsonNode value, TypeDefinition type) {
        switch (value) {
            case ArrayNode array -> {
                int end = place.length();
                for (int i = 0; i < array.size(); i++) {
                    place.append('[').append(i).append(']');
                    values(array.get(i), type);
                    place.setLength(end);
                }
            }
            case ObjectNode object when type.kind() == TypeDefinition.Kind.ANY_RESOURCE -> resource(object);
            case ObjectNode object -> walk(object, type);
            default -> {}
        }
    }
}
