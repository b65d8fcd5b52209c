package org.carelog.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.carelog.fhir.definition.ElementDefinition;
import org.hl7.fhir.r4.model.Base64BinaryType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OidType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.hl7.fhir.r4.model.UuidType;

/** The value of a primitive element: the JSON type it has to have, and whether its type can have that value. */
final class JsonPrimitive {
    static final String BAD_VALUE = "The value is not one that this element may have";

    private static final Set<String> NUMBERS = Set.of("integer", "positiveInt", "unsignedInt", "decimal");

    /** Who knows whether a text is a value of the type; of other types every text is. */
    private static final Map<String, Supplier<PrimitiveType<?>>> PARSERS = Map.ofEntries(
            Map.entry("integer", IntegerType::new),
            Map.entry("positiveInt", PositiveIntType::new),
            Map.entry("unsignedInt", UnsignedIntType::new),
            Map.entry("decimal", DecimalType::new),
            Map.entry("date", DateType::new),
            Map.entry("dateTime", DateTimeType::new),
            Map.entry("instant", InstantType::new),
            Map.entry("time", TimeType::new),
            Map.entry("oid", OidType::new),
            Map.entry("uuid", UuidType::new),
            Map.entry("base64Binary", Base64BinaryType::new));

    private static final String YEAR = "(?!0000)\\d{4}";
    private static final String MONTH = "-(?:0[1-9]|1[0-2])";
    private static final String DAY = "-(?:0[1-9]|[12]\\d|3[01])";
    private static final String TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?";
    private static final String ZONE = "(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))";

    /** As R4 has them; the parsers above take more, and not all of it can be looked for later. */
    private static final Map<String, Pattern> FORMS = Map.of(
            "date", Pattern.compile("%s(?:%s(?:%s)?)?".formatted(YEAR, MONTH, DAY)),
            "dateTime", Pattern.compile("%s(?:%s(?:%s(?:T%s%s)?)?)?".formatted(YEAR, MONTH, DAY, TIME, ZONE)),
            "instant", Pattern.compile("%s%s%sT%s%s".formatted(YEAR, MONTH, DAY, TIME, ZONE)),
            "time", Pattern.compile(TIME),
            "oid", Pattern.compile("urn:oid:[0-2](?:\\.(?:0|[1-9]\\d*))+"),
            "uuid", Pattern.compile("urn:uuid:[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"));

    /** R4 promises 18. */
    private static final int MOST_DIGITS = 100;

    private JsonPrimitive() {}

    /** What is wrong, if something is. A null stands where an array has an extension and no value. */
    static Optional<String> fault(JsonNode value, ElementDefinition element) {
        String type = element.type().name();
        if (value.isNull() && element.repeats()) {
            return Optional.empty();
        }
        if (type.equals("boolean")) {
            return value.isBoolean() ? Optional.empty() : Optional.of("A JSON boolean belongs here");
        }
        if (NUMBERS.contains(type)) {
            return value.isNumber() && isPlain(value)
                    ? ofValue(value.asText(), element)
                    : Optional.of("A JSON number of a sensible size belongs here");
        }
        if (!value.isTextual()) {
            return Optional.of("A JSON string belongs here");
        }
        if (!isText(value.asText())) {
            return Optional.of("A string has no control characters but tab, carriage return and line feed, and no half"
                    + " of a surrogate pair");
        }
        return value.asText().isEmpty() ? Optional.of("A string here is not empty") : ofValue(value.asText(), element);
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

    private static Optional<String> ofValue(String text, ElementDefinition element) {
        if (!element.codes().isEmpty()) {
            return element.codes().containsKey(text) ? Optional.empty() : Optional.of(BAD_VALUE);
        }
        if (element.type().name().equals("id") && !ResourceId.isValid(text)) {
            return Optional.of(BAD_VALUE);
        }
        Pattern form = FORMS.get(element.type().name());
        if (form != null && !form.matcher(text).matches()) {
            return Optional.of(BAD_VALUE);
        }
        Supplier<PrimitiveType<?>> parser = PARSERS.get(element.type().name());
        try {
            if (parser != null) {
                parser.get().setValueAsString(text);
            }
            return Optional.empty();
        } catch (DataFormatException | IllegalArgumentException e) {
            return Optional.of(BAD_VALUE);
        }
    }
}
