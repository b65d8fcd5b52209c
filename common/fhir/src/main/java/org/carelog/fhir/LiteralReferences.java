package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /** By how it is referred to within the resource, the type of the resource itself and of what it contains. */
    private final Map<String, String> within = new HashMap<>();

    private LiteralReferences(String root, String baseUrl) {
        this.place = new StringBuilder(root);
        this.baseUrl = baseUrl;
    }

    /** @param root begins the places, such as {@code Observation} */
    public static LiteralReferences of(Resource resource, String root, String baseUrl) {
        LiteralReferences references = new LiteralReferences(root, baseUrl);
        references.within.put("#", resource.type());
        resource.get("contained")
                .forEach(inner -> references.within.put(
                        "#" + inner.path("id").asText(),
                        inner.path("resourceType").asText()));
        references.resource(resource.json());
        return references;
    }

    /** By what is referred to, the FHIRPath of the first reference to it. */
    public Map<LocalReference, String> places() {
        return Collections.unmodifiableMap(places);
    }

    /** Of each reference to something of a type that its element does not refer to, or that it says not to be of. */
    public List<Fault> faults() {
        return Collections.unmodifiableList(faults);
    }

    private void resource(ObjectNode resource) {
        walk(resource, TypeDefinition.of(resource.path("resourceType").asText()), Set.of());
    }

    /** @param targets the types that the object may point to, if it is a reference; empty: any */
    private void walk(ObjectNode object, TypeDefinition type, Set<String> targets) {
        int end = place.length();
        if (type.name().equals("Reference")) {
            reference(object, targets);
        }
        object.properties().forEach(field -> {
            // what stands beside a primitive may have extensions
            String name = field.getKey().startsWith("_") ? field.getKey().substring(1) : field.getKey();
            if (field.getValue().isContainerNode()) {
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

    /** @see <a href="https://hl7.org/fhir/R4/references-definitions.html#Reference.type">FHIR R4, Reference.type</a> */
    private void reference(ObjectNode reference, Set<String> targets) {
        String literal = reference.path("reference").asText("");
        Optional<LocalReference> local = LocalReference.of(literal, baseUrl);
        local.ifPresent(target -> places.putIfAbsent(target, place.toString()));
        String said = reference.path("type").asText(null);
        String type = local.map(LocalReference::type).orElseGet(() -> within.getOrDefault(literal, said));
        if (type == null || !TypeDefinition.isResourceType(type)) {
            return;
        }
        if (!targets.isEmpty() && !targets.contains(type)) {
            fault("", "A reference to %s belongs here".formatted(String.join(" or ", new TreeSet<>(targets))));
        } else if (said != null && !said.equals(type)) {
            fault(".type", "The type of what is referred to belongs here: " + type);
        }
    }

    private void fault(String further, String diagnostics) {
        faults.add(new Fault(IssueType.VALUE, place + further, diagnostics));
    }

    private void values(JsonNode value, TypeDefinition type, Set<String> targets) {
        if (value instanceof ArrayNode array) {
            int end = place.length();
            for (int i = 0; i < array.size(); i++) {
                place.append('[').append(i).append(']');
                values(array.get(i), type, targets);
                place.setLength(end);
            }
        } else if (value instanceof ObjectNode object) {
            if (type.kind() == TypeDefinition.Kind.ANY_RESOURCE) {
                resource(object);
            } else {
                walk(object, type, targets);
            }
        }
    }
}
