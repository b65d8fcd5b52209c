package org.carelog.fhir.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Codes and identifiers: {@code code}, {@code system|code}, {@code |code} (without a system) and {@code system|}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#token">FHIR R4, token</a>
 */
final class TokenSemantics implements Semantics {
    private static final Set<String> WITH_TEXT = Set.of("CodeableConcept", "Coding", "Identifier");
    private static final Set<String> CODED = Set.of("CodeableConcept", "Coding", "code");
    private static final String SPECIAL_VALUES = "http://terminology.hl7.org/CodeSystem/special-values";

    @Override
    public Set<String> datatypes() {
        return Set.of(
                "Coding", "CodeableConcept", "Identifier", "ContactPoint", "code", "boolean", "string", "id", "uri");
    }

    @Override
    public List<String> modifiers(SearchParameter parameter) {
        List<String> modifiers = new ArrayList<>(List.of("not"));
        if (parameter.path().asksWhetherTrue()) {
            return modifiers;
        }
        Collection<String> datatypes = parameter.path().datatypes();
        if (!Collections.disjoint(datatypes, WITH_TEXT)) {
            modifiers.add("text");
        }
        if (datatypes.contains("Identifier")) {
            modifiers.add("of-type");
        }
        if (!Collections.disjoint(datatypes, CODED)) {
            modifiers.addAll(List.of("in", "not-in", "below", "above"));
        }
        return modifiers;
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        return switch (modifier) {
            case "text" -> Filter.TokenTexts.of(parameter, alternatives);
            case "of-type" ->
                new Filter.Tokens(
                        alternatives.stream()
                                .map(value -> ofType(parameter, value))
                                .toList(),
                        false);
            case "in", "not-in" -> {
                CodeSets sets = context.types().codeSets();
                yield tokens(parameter, alternatives, url -> sets.in(Escapes.unescape(url)), modifier.equals("not-in"));
            }
            case "below" ->
                tokens(
                        parameter,
                        alternatives,
                        value -> context.types().codeSets().below(coding(value)),
                        false);
            case "above" ->
                tokens(
                        parameter,
                        alternatives,
                        value -> context.types().codeSets().above(coding(value)),
                        false);
            default -> new Filter.Tokens(hashes(parameter, alternatives), modifier.equals("not"));
        };
    }

    private static Filter tokens(
            SearchParameter parameter, List<String> alternatives, Function<String, CodeSet> codes, boolean negated) {
        return new Filter.Tokens(
                alternatives.stream()
                        .flatMap(value -> codes.apply(value).hashes(parameter).stream())
                        .distinct()
                        .toList(),
                negated);
    }

    private static CodeSet.Coding coding(String value) {
        List<String> parts =
                Escapes.split(value, '|').stream().map(Escapes::unescape).toList();
        if (parts.size() != 2 || parts.contains("")) {
            throw new IllegalArgumentException("with :above and :below, a code is system|code");
        }
        return new CodeSet.Coding(parts.getFirst(), parts.getLast());
    }

    private static long ofType(SearchParameter parameter, String value) {
        List<String> parts =
                Escapes.split(value, '|').stream().map(Escapes::unescape).toList();
        if (parts.size() != 3 || parts.contains("")) {
            throw new IllegalArgumentException("with :of-type, an identifier is system|code|value");
        }
        return TokenHash.ofType(parameter, parts.get(0), parts.get(1), parts.get(2));
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
            case "CodeableConcept" -> {
                entries.tokenText(parameter, element.text("text"));
                element.items("coding").forEach(coding -> coding(parameter, coding, entries));
            }
            case "Coding" -> coding(parameter, element.value(), entries);
            case "Identifier" -> identifier(parameter, element.value(), entries);
            case "ContactPoint" -> add(parameter, null, element.text("value"), entries);
            case "boolean" -> add(parameter, SPECIAL_VALUES, element.value().asText(), entries);
            default -> {
                String value = element.value().asText();
                add(parameter, element.codes().get(value), value, entries);
            }
        }
    }

    private static void coding(SearchParameter parameter, JsonNode coding, IndexEntries.Builder entries) {
        entries.tokenText(parameter, coding.path("display").asText(null));
        add(parameter, coding.path("system").asText(null), coding.path("code").asText(null), entries);
    }

    private static void identifier(SearchParameter parameter, JsonNode identifier, IndexEntries.Builder entries) {
        String value = identifier.path("value").asText(null);
        add(parameter, identifier.path("system").asText(null), value, entries);
        JsonNode type = identifier.path("type");
        entries.tokenText(parameter, type.path("text").asText(null));
        if (value != null) {
            for (JsonNode coding : type.path("coding")) {
                entries.token(TokenHash.ofType(
                        parameter,
                        coding.path("system").asText(""),
                        coding.path("code").asText(""),
                        value));
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
