package org.carelog.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IPrimitiveType;

/** The value of a primitive element: the JSON type it has to have, and whether its type can have that value. */
final class JsonPrimitive {
    static final String BAD_VALUE = "The value is not one that this element may have";

    private static final Set<String> NUMBERS = Set.of("integer", "positiveInt", "unsignedInt", "decimal");

    private JsonPrimitive() {}

    /** What is wrong, if something is. A null stands where an array has an extension and no value. */
    static Optional<String> fault(
            JsonNode value, RuntimePrimitiveDatatypeDefinition definition, BaseRuntimeChildDefinition child) {
        String type = definition.getName();
        if (value.isNull() && child.getMax() != 1) {
            return Optional.empty();
        }
        if (type.equals("boolean")) {
            return value.isBoolean() ? Optional.empty() : Optional.of("A JSON boolean belongs here");
        }
        if (NUMBERS.contains(type)) {
            return value.isNumber()
                    ? ofValue(value.asText(), definition, child)
                    : Optional.of("A JSON number belongs here");
        }
        if (!value.isTextual()) {
            return Optional.of("A JSON string belongs here");
        }
        return value.asText().isEmpty()
                ? Optional.of("A string here is not empty")
                : ofValue(value.asText(), definition, child);
    }

    private static Optional<String> ofValue(
            String text, RuntimePrimitiveDatatypeDefinition definition, BaseRuntimeChildDefinition child) {
        try {
            IPrimitiveType<?> primitive = (IPrimitiveType<?>)
                    (child.getInstanceConstructorArguments() == null
                            ? definition.newInstance()
                            : definition.newInstance(child.getInstanceConstructorArguments()));
            primitive.setValueAsString(text);
            return Optional.empty();
        } catch (DataFormatException | IllegalArgumentException e) {
            return Optional.of(BAD_VALUE);
        }
    }
}
