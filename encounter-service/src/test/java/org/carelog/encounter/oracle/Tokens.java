package org.carelog.encounter.oracle;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.EnumFactory;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;

/** @see <a href="https://hl7.org/fhir/R4/search.html#token">FHIR R4, token</a> */
final class Tokens {
    private Tokens() {}

    /** @param system null: it has none */
    record Coded(String system, String code) {
        boolean is(Operand asked) {
            if (asked.parts().size() == 1) {
                return hasCode(asked.first());
            }
            boolean ofSystem = Objects.requireNonNullElse(system, "").equals(asked.first());
            return ofSystem && (asked.last().isEmpty() || hasCode(asked.last()));
        }

        private boolean hasCode(String asked) {
            return code != null && code.equalsIgnoreCase(asked);
        }
    }

    /** @param modifier of {@code not} and {@code not-in}, that it is not is the caller's */
    static boolean matches(Base element, String modifier, Operand asked) {
        return switch (modifier) {
            case "text" -> texts(element).stream().anyMatch(text -> Strings.startsWith(text, asked.first()));
            case "of-type" -> element instanceof Identifier identifier && isOfType(identifier, asked.parts());
            case "in", "not-in" -> codes(element).stream().anyMatch(coded -> CodeSets.isIn(coded, asked.first()));
            case "below" -> codes(element).stream().anyMatch(coded -> CodeSets.isBelow(coded, coded(asked)));
            case "above" -> codes(element).stream().anyMatch(coded -> CodeSets.isBelow(coded(asked), coded));
            default -> codes(element).stream().anyMatch(coded -> coded.is(asked));
        };
    }

    private static boolean isOfType(Identifier identifier, List<String> asked) {
        return asked.get(2).equalsIgnoreCase(identifier.getValue())
                && codes(identifier.getType()).stream()
                        .anyMatch(type -> type.is(Operand.of(asked.get(0), asked.get(1))));
    }

    static List<Coded> codes(Base element) {
        return switch (element) {
            case CodeableConcept concept ->
                concept.getCoding().stream().map(Tokens::coded).toList();
            case Coding coding -> List.of(coded(coding));
            case Identifier identifier -> List.of(new Coded(identifier.getSystem(), identifier.getValue()));
            case ContactPoint contact -> List.of(new Coded(null, contact.getValue()));
            case BooleanType bool ->
                List.of(new Coded("http://terminology.hl7.org/CodeSystem/special-values", bool.getValueAsString()));
            case Enumeration<?> code -> List.of(new Coded(system(code), code.getValueAsString()));
            case IdType id -> List.of(new Coded(null, id.getIdPart()));
            case PrimitiveType<?> primitive -> List.of(new Coded(null, primitive.getValueAsString()));
            default -> List.of();
        };
    }

    private static <T extends Enum<?>> String system(Enumeration<T> code) {
        EnumFactory<T> codes = code.getEnumFactory();
        return codes.toSystem(code.getValue());
    }

    private static Coded coded(Operand asked) {
        return new Coded(asked.first(), asked.last());
    }

    private static Coded coded(Coding coding) {
        return new Coded(coding.getSystem(), coding.getCode());
    }

    static List<String> texts(Base element) {
        Stream<String> texts = switch (element) {
            case CodeableConcept concept ->
                Stream.concat(
                        Stream.of(concept.getText()),
                        concept.getCoding().stream().map(Coding::getDisplay));
            case Coding coding -> Stream.of(coding.getDisplay());
            case Identifier identifier -> Stream.of(identifier.getType().getText());
            default -> Stream.of();
        };
        return texts.filter(text -> text != null && !Strings.plain(text).isEmpty())
                .toList();
    }
}
