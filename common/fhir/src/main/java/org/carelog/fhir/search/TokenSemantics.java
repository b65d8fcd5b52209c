package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;

/**
 * Codes and identifiers: {@code code}, {@code system|code}, {@code |code} (without a system) and {@code system|}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#token">FHIR R4, token</a>
 */
final class TokenSemantics implements Semantics {
    private static final String SPECIAL_VALUES = "http://terminology.hl7.org/CodeSystem/special-values";

    @Override
    public Set<String> datatypes() {
        return Set.of(
                "Coding", "CodeableConcept", "Identifier", "ContactPoint", "code", "boolean", "string", "id", "uri");
    }

    @Override
    public List<String> modifiers(SearchParameter parameter) {
        return List.of("not");
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return new Filter.Tokens(hashes(parameter, alternatives), modifier.equals("not"));
    }

    static List<Long> hashes(SearchParameter parameter, List<String> alternatives) {
        return alternatives.stream().map(value -> hash(parameter, value)).toList();
    }

    private static long hash(SearchParameter parameter, String value) {
        List<String> parts = Escapes.split(value, '|');
        String first = Escapes.unescape(parts.getFirst());
        if (parts.size() == 1) {
            return TokenHash.code(parameter, first);
        }
        String code = Escapes.unescape(parts.getLast());
        if (parts.size() > 2 || (first.isEmpty() && code.isEmpty())) {
            throw new IllegalArgumentException("a token is code, system|code, |code or system|");
        }
        return code.isEmpty() ? TokenHash.system(parameter, first) : TokenHash.coding(parameter, first, code);
    }

    @Override
    public void index(SearchParameter parameter, Base element, IndexEntries.Builder entries) {
        switch (element) {
            case CodeableConcept concept ->
                concept.getCoding().forEach(coding -> add(parameter, coding.getSystem(), coding.getCode(), entries));
            case Coding coding -> add(parameter, coding.getSystem(), coding.getCode(), entries);
            case Identifier identifier -> add(parameter, identifier.getSystem(), identifier.getValue(), entries);
            case ContactPoint contact -> add(parameter, null, contact.getValue(), entries);
            case Enumeration<?> code
            when code.hasValue() -> add(parameter, code.getSystem(), code.getValueAsString(), entries);
            case BooleanType flag
            when flag.hasValue() -> add(parameter, SPECIAL_VALUES, flag.getValueAsString(), entries);
            case PrimitiveType<?> value
            when value.hasValue() -> add(parameter, null, value.getValueAsString(), entries);
            default -> {}
        }
    }

    static void add(SearchParameter parameter, String system, String code, IndexEntries.Builder entries) {
        String given = system == null ? "" : system;
        if (!given.isEmpty()) {
            entries.token(TokenHash.system(parameter, given));
        }
        if (code != null && !code.isEmpty()) {
            entries.token(TokenHash.code(parameter, code));
            entries.token(TokenHash.coding(parameter, given, code));
            if (parameter.type() == ParameterType.TOKEN) {
                entries.code(parameter, TokenHash.fold(code));
            }
        }
    }
}
