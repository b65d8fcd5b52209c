package org.carelog.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carelog.fhir.FhirProblem.Fault;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Walks JSON beside the definitions of R4 and notes, with its FHIRPath, what is not known, missing, repeated where it
 * does not repeat, of the wrong kind, or a value that its type does not have.
 *
 * @see <a href="https://hl7.org/fhir/R4/json.html">FHIR R4, JSON representation</a>
 */
final class JsonShape {
    /** The datatypes whose values may name a resource. */
    private static final Set<String> LINKS = Set.of("uri", "url", "canonical", "oid", "uuid", "xhtml");

    private static final Pattern RELATIVE = Pattern.compile(
            "([A-Z][A-Za-z]{1,63})(?:/[A-Za-z0-9\\-.]{1,64}(?:/_history/[A-Za-z0-9\\-.]{1,64})?|(\\?.+))");
    private static final Pattern NOT_RELATIVE = Pattern.compile("(?:#|[A-Za-z][A-Za-z0-9+.\\-]*:).*", Pattern.DOTALL);

    /** More are of no use to anybody, and a body can have a million. */
    private static final int MOST_FAULTS = 100;

    private final List<Fault> faults = new ArrayList<>();
    /** null: they are of no interest. */
    private final List<JsonLink> links;
    /** Where the walk is. */
    private final StringBuilder place;
    /** The ids of the resources contained in the one where the walk is; null: it can contain none. */
    private Set<String> contained;

    private JsonShape(String type, List<JsonLink> links) {
        this.place = new StringBuilder(type);
        this.links = links;
    }

    /** The faults of a resource whose type is known to R4. */
    static List<Fault> faults(ObjectNode resource, String type) {
        return walk(resource, type, null).faults;
    }

    /** The same, and the links of it. */
    static JsonShape of(ObjectNode resource, String type) {
        return walk(resource, type, new ArrayList<>());
    }

    private static JsonShape walk(ObjectNode resource, String type, List<JsonLink> links) {
        JsonShape shape = new JsonShape(type, links);
        try {
            shape.resource(resource, TypeDefinition.of(type));
        } catch (Enough e) {
            // these are told
        }
        return shape;
    }

    List<Fault> faults() {
        return faults;
    }

    /** Every value that may name another resource. */
    List<JsonLink> links() {
        return links;
    }

    private void resource(ObjectNode resource, TypeDefinition type) {
        Set<String> outer = contained;
        if (!type.forms("contained").isEmpty()) {
            contained = outer == null ? new HashSet<>() : new HashSet<>(outer);
            contain(resource.path("contained"));
        }
        object(resource, type);
        contained = outer;
    }

    private void contain(JsonNode resources) {
        for (int i = 0; i < resources.size(); i++) {
            if (!contained.add(resources.get(i).path("id").asText(""))) {
                at(
                        ".contained[%d].id".formatted(i),
                        () -> fault(IssueType.DUPLICATE, "Another contained resource has this id"));
            }
        }
    }

    private void object(ObjectNode object, TypeDefinition type) {
        if (object.isEmpty()) {
            fault(IssueType.STRUCTURE, "An object here is not empty");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            int end = place.length();
            place.append('.').append(field.getKey());
            field(object, field.getKey(), field.getValue(), type);
            place.setLength(end);
        }
        for (List<ElementDefinition> forms : type.required()) {
            if (forms.stream().noneMatch(form -> has(object, form.jsonName()))) {
                at("." + forms.getFirst().name(), () -> fault(IssueType.REQUIRED, "This element is required"));
            }
        }
        for (List<ElementDefinition> forms : type.choices()) {
            if (forms.stream().filter(form -> has(object, form.jsonName())).count() > 1) {
                at(
                        "." + forms.getFirst().name(),
                        () -> fault(IssueType.STRUCTURE, "One form of this element belongs here"));
            }
        }
        if (type == TypeDefinition.EXTENSION
                && object.has("extension")
                && object.size() > 2 + (object.has("id") ? 1 : 0)) {
            fault(IssueType.STRUCTURE, "An extension has a value or extensions, not both");
        }
    }

    private static boolean has(JsonNode object, String name) {
        return object.has(name) || object.has("_" + name);
    }

    private void field(ObjectNode object, String name, JsonNode value, TypeDefinition type) {
        Optional<ElementDefinition> element = type.element(name);
        if (name.equals("resourceType") && TypeDefinition.isResourceType(type.name())) {
            return;
        }
        if (element.isPresent()) {
            items(element.get().repeats(), value, item -> one(element.get(), item));
            if (value.isTextual()) {
                link(text -> object.put(name, text), name, value.textValue(), element.get(), type);
            } else if (links != null
                    && value instanceof ArrayNode array
                    && LINKS.contains(element.get().type().name())) {
                links(array, name, element.get(), type);
            }
        } else if (!general(name, value)) {
            Optional<ElementDefinition> primitive =
                    name.startsWith("_") ? primitive(name.substring(1), type) : Optional.empty();
            if (primitive.isPresent()) {
                items(primitive.get().repeats(), value, this::beside);
            } else if (name.equals("_id")) {
                beside(value);
            } else {
                fault(IssueType.STRUCTURE, "This element is not known here");
            }
        }
    }

    private static Optional<ElementDefinition> primitive(String name, TypeDefinition type) {
        return type.element(name).filter(element -> element.type().kind() == TypeDefinition.Kind.PRIMITIVE);
    }

    private void links(ArrayNode array, String name, ElementDefinition element, TypeDefinition type) {
        for (int i = 0; i < array.size(); i++) {
            int item = i;
            if (array.get(i).isTextual()) {
                at(
                        "[" + i + "]",
                        () -> link(
                                text -> array.set(item, text),
                                name,
                                array.get(item).textValue(),
                                element,
                                type));
            }
        }
    }

    private void link(Consumer<String> put, String name, String value, ElementDefinition element, TypeDefinition type) {
        boolean reference = type.name().equals("Reference") && name.equals("reference");
        if (reference && isDangling(value)) {
            fault(IssueType.NOTFOUND, "The reference points to no contained resource");
        }
        if (reference && !isReference(value)) {
            fault(IssueType.VALUE, "A reference is a type and an id, absolute, or to a contained resource");
        }
        if (links != null && (reference || LINKS.contains(element.type().name()))) {
            links.add(new JsonLink(put, name, value, place.toString()));
        }
    }

    /** What a condition chooses is known in Bundles, and so are their links. */
    private boolean isReference(String text) {
        Matcher relative = RELATIVE.matcher(text);
        return relative.matches()
                ? TypeDefinition.isResourceType(relative.group(1)) && (links != null || relative.group(2) == null)
                : NOT_RELATIVE.matcher(text).matches();
    }

    private boolean isDangling(String reference) {
        return contained != null
                && reference.length() > 1
                && reference.startsWith("#")
                && !contained.contains(reference.substring(1));
    }

    /** Elements that every element has, which the definitions do not all list; false: it is none of them. */
    private boolean general(String name, JsonNode value) {
        switch (name) {
            case "id" -> {
                if (!value.isTextual()) {
                    fault(IssueType.STRUCTURE, "A JSON string belongs here");
                }
            }
            case "extension", "modifierExtension" ->
                items(true, value, item -> composite(item, TypeDefinition.EXTENSION));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What stands beside the value of a primitive: an id, extensions. */
    private void beside(JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (!value.isObject() || value.isEmpty()) {
            fault(IssueType.STRUCTURE, "A JSON object belongs here");
        }
        value.properties()
                .forEach(field -> at("." + field.getKey(), () -> {
                    if (!general(field.getKey(), field.getValue())) {
                        fault(IssueType.STRUCTURE, "This element is not known here");
                    }
                }));
    }

    private void items(boolean repeats, JsonNode value, Consumer<JsonNode> check) {
        if (!repeats) {
            if (value.isArray()) {
                fault(IssueType.STRUCTURE, "This element does not repeat");
            } else {
                check.accept(value);
            }
        } else if (!(value instanceof ArrayNode array)) {
            fault(IssueType.STRUCTURE, "This element repeats: a JSON array belongs here");
        } else if (array.isEmpty()) {
            fault(IssueType.STRUCTURE, "An array here is not empty");
        } else {
            int end = place.length();
            for (int i = 0; i < array.size(); i++) {
                place.append('[').append(i).append(']');
                check.accept(array.get(i));
                place.setLength(end);
            }
        }
    }

    private void one(ElementDefinition element, JsonNode value) {
        switch (element.type().kind()) {
            case PRIMITIVE ->
                JsonPrimitive.fault(value, element)
                        .ifPresent(diagnostics -> fault(
                                diagnostics.equals(JsonPrimitive.BAD_VALUE) ? IssueType.VALUE : IssueType.STRUCTURE,
                                diagnostics));
            case COMPLEX -> {
                composite(value, element.type());
                if (!element.codes().isEmpty() && !hasCode(value, element.codes())) {
                    fault(IssueType.VALUE, "The concept has none of the codes that this element may have");
                }
            }
            case NARRATIVE -> narrative(value);
            case ANY_RESOURCE -> inner(value, element.name().equals("contained"));
        }
    }

    private static boolean hasCode(JsonNode concept, Map<String, String> codes) {
        for (JsonNode coding : concept.path("coding")) {
            if (coding.path("system")
                    .asText("")
                    .equals(codes.get(coding.path("code").asText()))) {
                return true;
            }
        }
        return false;
    }

    private void composite(JsonNode value, TypeDefinition type) {
        if (value instanceof ObjectNode object) {
            object(object, type);
        } else {
            fault(IssueType.STRUCTURE, "A JSON object belongs here");
        }
    }

    private void narrative(JsonNode value) {
        if (value.isTextual()) {
            Narrative.fault(value.asText()).ifPresent(diagnostics -> fault(IssueType.VALUE, diagnostics));
        } else {
            fault(IssueType.STRUCTURE, "A JSON string belongs here");
        }
    }

    private void inner(JsonNode value, boolean needsId) {
        String type = value.path("resourceType").asText("");
        if (value instanceof ObjectNode object && TypeDefinition.isResourceType(type)) {
            if (needsId && !object.has("id")) {
                fault(IssueType.REQUIRED, "A contained resource needs an id");
            }
            if (needsId && object.has("contained")) {
                fault(IssueType.STRUCTURE, "A contained resource contains no others");
            }
            resource(object, TypeDefinition.of(type));
        } else {
            fault(IssueType.STRUCTURE, "A resource with a resourceType of R4 belongs here");
        }
    }

    private void at(String further, Runnable check) {
        int end = place.length();
        place.append(further);
        check.run();
        place.setLength(end);
    }

    private void fault(IssueType code, String diagnostics) {
        faults.add(new Fault(code, place.toString(), diagnostics));
        if (faults.size() == MOST_FAULTS) {
            throw new Enough();
        }
    }

    /** Ends the walk. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super(null, null, false, false);
        }
    }
}
