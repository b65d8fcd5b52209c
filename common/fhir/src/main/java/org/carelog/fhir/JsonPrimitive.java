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

    /** R4 promises 18. */
    private static final int MOST_DIGITS = 100;

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
            return value.isNumber() && isPlain(value)
                    ? ofValue(value.asText(), definition, child)
                    : Optional.of("A JSON number of a sensible size belongs here");
        }
        if (!value.isTextual()) {
            return Optional.of("A JSON string belongs here");
        }
        if (!isText(value.asText())) {
            return Optional.of("A string has no control characters but tab, carriage return and line feed, and no half"
                    + " of a surrogate pair");
        }
        return value.asText().isEmpty()
                ? Optional.of("A string here is not empty")
                : ofValue(value.asText(), definition, child);
    }

    /** Written out it has digits that somebody might mean. */
    private static boolean isPlain(JsonNode number) {
        return !number.isBigDecimal()
                || Math.abs((long) number.decimalValue().scale()) <= MOST_DIGITS
                        && number.decimalValue().precision() <= MOST_DIGITS;
    }

    private static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\r' && c != '\n') {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
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
