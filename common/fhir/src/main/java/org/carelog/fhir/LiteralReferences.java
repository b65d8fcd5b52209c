package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** All literal references of a resource to resources of this system, extensions and contained resources included. */
public final class LiteralReferences {
    private final String baseUrl;
    private final StringBuilder place;
    private final Map<LocalReference, String> places = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();

    private LiteralReferences(String root, String baseUrl) {
        this.place = new StringBuilder(root);
        this.baseUrl = baseUrl;
    }

    /** @param root begins the places, such as {@code Observation} */
    public static LiteralReferences of(Resource resource, String root, String baseUrl) {
        LiteralReferences references = new LiteralReferences(root, baseUrl);
        references.resource(resource.json());
        return references;
    }

    /** By what is referred to, the FHIRPath of the first reference to it. */
    public Map<LocalReference, String> places() {
        return Collections.unmodifiableMap(places);
    }

    /** Of each reference to something of a type that its element does not refer to. */
    public List<Fault> faults() {
        return Collections.unmodifiableList(faults);
    }

    private void resource(ObjectNode resource) {
        walk(resource, TypeDefinition.of(resource.path("resourceType").asText()), Set.of());
    }

    /** @param targets the types that the object may point to, if it is a reference; empty: any */
    private void walk(ObjectNode object, TypeDefinition type, Set<String> targets) {
        int end = place.length();
        object.properties().forEach(field -> {
            // what stands beside a primitive may have extensions
            String name = field.getKey().startsWith("_") ? field.getKey().substring(1) : field.getKey();
            if (name.equals("reference") && field.getValue().isTextual()) {
                LocalReference.of(field.getValue().textValue(), baseUrl).ifPresent(target -> found(target, targets));
            } else if (field.getValue().isContainerNode()) {
                ElementDefinition element = type.element(name).orElse(null);
                place.append('.').append(element == null ? name : element.name());
                // the definitions do not list the extensions that every element may have
                values(
                        field.getValue(),
                        element == null ? TypeDefinition.EXTENSION : element.type(),
                        element == null ? Set.of() : element.targets());
                place.setLength(end);
            }
        });
    }

    private void found(LocalReference target, Set<String> targets) {
        places.putIfAbsent(target, place.toString());
        if (!targets.isEmpty() && !targets.contains(target.type())) {
            String expected = String.join(" or ", new TreeSet<>(targets));
            faults.add(
                    new Fault(IssueType.VALUE, place.toString(), "A reference to %s belongs here".formatted(expected)));
        }
    }

    private void values(JsonNode value, TypeDefinition type, Set<String> targets) {
        switch (value) {
            case ArrayNode array -> {
                int end = place.length();
                for (int i = 0; i < array.size(); i++) {
                    place.append('[').append(i).append(']');
                    values(array.get(i), type, targets);
                    place.setLength(end);
                }
            }
            case ObjectNode object when type.kind() == TypeDefinition.Kind.ANY_RESOURCE -> resource(object);
            case ObjectNode object -> walk(object, type, targets);
            default -> {}
        }
    }
}
