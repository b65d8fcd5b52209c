package org.carelog.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.fhir.FhirProblem.Fault;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * Walks JSON beside the definitions of R4 and notes, with its FHIRPath, what is not known, missing, repeated where it
 * does not repeat, or of the wrong kind. The parser behind it is lenient in some of these and knows no places.
 *
 * @see <a href="https://hl7.org/fhir/R4/json.html">FHIR R4, JSON representation</a>
 */
final class JsonShape {
    private static final Set<String> EVERYWHERE = Set.of("id", "extension", "modifierExtension");

    /** The datatypes whose values may name a resource. */
    private static final Set<String> LINKS = Set.of("uri", "url", "canonical", "oid", "uuid", "xhtml");

    /** More are of no use to anybody, and a body can have a million. */
    private static final int MOST_FAULTS = 100;

    private final List<Fault> faults = new ArrayList<>();
    private final List<JsonLink> links = new ArrayList<>();

    private JsonShape() {}

    /** The faults of a resource whose type is known to R4. */
    static List<Fault> faults(JsonNode resource, String type) {
        return of(resource, type).faults;
    }

    static JsonShape of(JsonNode resource, String type) {
        JsonShape shape = new JsonShape();
        try {
            shape.object(resource, FhirJson.context().getResourceDefinition(type), type);
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

    private void object(JsonNode object, BaseRuntimeElementCompositeDefinition<?> definition, String path) {
        if (object.isEmpty()) {
            fault(IssueType.STRUCTURE, path, "An object here is not empty");
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            field(object, field.getKey(), field.getValue(), definition, path);
        }
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            if (child.getMin() > 0 && child.getValidChildNames().stream().noneMatch(name -> has(object, name))) {
                fault(IssueType.REQUIRED, path + "." + child.getElementName(), "This element is required");
            }
        }
    }

    private static boolean has(JsonNode object, String name) {
        return object.has(name) || object.has("_" + name);
    }

    private void field(
            JsonNode object,
            String name,
            JsonNode value,
            BaseRuntimeElementCompositeDefinition<?> definition,
            String path) {
        String place = path + "." + name;
        BaseRuntimeChildDefinition child = definition.getChildByName(name);
        if (name.equals("resourceType") && FhirJson.context().getResourceTypes().contains(definition.getName())) {
            return;
        }
        if (child != null) {
            BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
            element(child, element, value, place);
            if (value.isTextual() && isLink(name, element, definition)) {
                links.add(new JsonLink((ObjectNode) object, name, value.asText(), place));
            }
        } else if (EVERYWHERE.contains(name)) {
            general(name, value, place);
        } else if (!isPrimitiveExtension(name, definition)) {
            fault(IssueType.STRUCTURE, place, "This element is not known here");
        }
    }

    private static boolean isLink(
            String name, BaseRuntimeElementDefinition<?> element, BaseRuntimeElementCompositeDefinition<?> definition) {
        return definition.getName().equals("Reference")
                ? name.equals("reference")
                : element != null && LINKS.contains(element.getName());
    }

    private static boolean isPrimitiveExtension(String name, BaseRuntimeElementCompositeDefinition<?> definition) {
        if (!name.startsWith("_")) {
            return false;
        }
        BaseRuntimeChildDefinition child = definition.getChildByName(name.substring(1));
        return child != null && child.getChildByName(name.substring(1)) instanceof RuntimePrimitiveDatatypeDefinition
                || name.equals("_id");
    }

    /** Elements that every element has, which the definitions do not all list. */
    private void general(String name, JsonNode value, String place) {
        if (name.equals("id")) {
            if (!value.isTextual()) {
                fault(IssueType.STRUCTURE, place, "A JSON string belongs here");
            }
        } else {
            BaseRuntimeElementCompositeDefinition<?> extension = (BaseRuntimeElementCompositeDefinition<?>)
                    FhirJson.context().getElementDefinition("Extension");
            each(value, place, (item, itemPlace) -> composite(item, extension, itemPlace));
        }
    }

    private void element(
            BaseRuntimeChildDefinition child,
            BaseRuntimeElementDefinition<?> definition,
            JsonNode value,
            String place) {
        if (child.getMax() == 1) {
            if (value.isArray()) {
                fault(IssueType.STRUCTURE, place, "This element does not repeat");
            } else {
                one(child, definition, value, place);
            }
        } else {
            each(value, place, (item, itemPlace) -> one(child, definition, item, itemPlace));
        }
    }

    private interface Item {
        void check(JsonNode item, String place);
    }

    private void each(JsonNode array, String place, Item item) {
        if (!array.isArray()) {
            fault(IssueType.STRUCTURE, place, "This element repeats: a JSON array belongs here");
        } else if (array.isEmpty()) {
            fault(IssueType.STRUCTURE, place, "An array here is not empty");
        }
        for (int i = 0; array.isArray() && i < array.size(); i++) {
            item.check(array.get(i), "%s[%d]".formatted(place, i));
        }
    }

    private void one(
            BaseRuntimeChildDefinition child,
            BaseRuntimeElementDefinition<?> definition,
            JsonNode value,
            String place) {
        switch (definition) {
            case RuntimePrimitiveDatatypeDefinition primitive ->
                JsonPrimitive.fault(value, primitive, child)
                        .ifPresent(diagnostics -> fault(
                                diagnostics.equals(JsonPrimitive.BAD_VALUE) ? IssueType.VALUE : IssueType.STRUCTURE,
                                place,
                                diagnostics));
            case BaseRuntimeElementCompositeDefinition<?> composite -> composite(value, composite, place);
            // narrative XHTML is a string; a resource inside a resource names its own type
            case null, default -> inner(value, place);
        }
    }

    private void composite(JsonNode value, BaseRuntimeElementCompositeDefinition<?> definition, String place) {
        if (value.isObject()) {
            object(value, definition, place);
        } else {
            fault(IssueType.STRUCTURE, place, "A JSON object belongs here");
        }
    }

    private void inner(JsonNode value, String place) {
        if (value.isTextual()) {
            Narrative.fault(value.asText()).ifPresent(diagnostics -> fault(IssueType.VALUE, place, diagnostics));
            return;
        }
        String type = value.path("resourceType").asText("");
        if (FhirJson.context().getResourceTypes().contains(type)) {
            object(value, FhirJson.context().getResourceDefinition(type), place);
        } else {
            fault(IssueType.STRUCTURE, place, "A resource with a resourceType of R4 belongs here");
        }
    }

    private void fault(IssueType code, String place, String diagnostics) {
        faults.add(new Fault(code, place, diagnostics));
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
