package org.carelog.fhir.search;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Strings, matched at their start and without regard to case, accents, punctuation and spacing, unless a modifier says
 * otherwise. A name or address has each of its parts as a string of its own.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#string">FHIR R4, string</a>
 */
final class StringSemantics implements Semantics {
    private static final Map<String, List<String>> PARTS = Map.of(
            "HumanName", List.of("family", "text", "given", "prefix", "suffix"),
            "Address", List.of("line", "city", "district", "state", "postalCode", "country", "text"));

    @Override
    public Set<String> datatypes() {
        return Set.of("string", "markdown", "HumanName", "Address");
    }

    @Override
    public List<String> modifiers(SearchParameter parameter) {
        return List.of("exact", "contains");
    }

    @Override
    public Filter filter(SearchParameter parameter, String modifier, List<String> alternatives, QueryContext context) {
        Filter.TextMatch match = switch (modifier) {
            case "exact" -> Filter.TextMatch.EXACT;
            case "contains" -> Filter.TextMatch.CONTAINS;
            default -> Filter.TextMatch.PREFIX;
        };
        return texts(
                parameter,
                match,
                alternatives.stream()
                        .map(value -> Text.of(Escapes.unescape(value)))
                        .toList());
    }

    static Filter texts(SearchParameter parameter, Filter.TextMatch match, List<Text> texts) {
        if (match != Filter.TextMatch.EXACT
                && texts.stream().anyMatch(text -> text.normalised().isEmpty())) {
            throw new IllegalArgumentException(
                    "nothing is left of a value without its punctuation, accents and white space; :exact keeps them");
        }
        return new Filter.Texts(parameter, match, texts);
    }

    @Override
    public void index(SearchParameter parameter, Element element, IndexEntries.Builder entries) {
        if (element.value().isTextual()) {
            entries.text(parameter, element.value().textValue());
            return;
        }
        for (String part : PARTS.getOrDefault(element.type().name(), List.of())) {
            element.items(part).forEach(text -> entries.text(parameter, text.asText()));
        }
    }
}
