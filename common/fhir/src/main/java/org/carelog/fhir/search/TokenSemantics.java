package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;

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
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        switch (element.type().name()) {
            case "CodeableConcept" ->
                element.items(
                        "coding",
                        coding -> add(
                                parameter,
                                coding.path("system").asText(null),
                                coding.path("code").asText(null),
                                entries));
            case "Coding" -> add(parameter, element.text("system"), element.text("code"), entries);
            case "Identifier" -> add(parameter, element.text("system"), element.text("value"), entries);
            case "ContactPoint" -> add(parameter, null, element.text("value"), entries);
            case "boolean" -> add(parameter, SPECIAL_VALUES, element.value().asText(), entries);
            default -> {
                String value = element.value().asText();
                add(parameter, element.codes().get(value), value, entries);
            }
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
