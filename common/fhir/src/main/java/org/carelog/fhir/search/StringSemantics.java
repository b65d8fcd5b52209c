package org.carelog.fhir.search;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StringType;

/**
 * Strings, matched at their start and without regard to case, accents, punctuation and spacing, unless a modifier says
 * otherwise. A name or address has each of its parts as a string of its own.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#string">FHIR R4, string</a>
 */
final class StringSemantics implements Semantics {
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
        List<Text> texts = alternatives.stream()
                .map(value -> Text.of(Escapes.unescape(value)))
                .toList();
        if (match != Filter.TextMatch.EXACT
                && texts.stream().anyMatch(text -> text.normalised().isEmpty())) {
            throw new IllegalArgumentException(
                    "nothing is left of a value without its punctuation, accents and white space; :exact keeps them");
        }
        return new Filter.Texts(parameter, match, texts);
    }

    @Override
    public void index(SearchParameter parameter, Base element, IndexEntries.Builder entries) {
        Stream<StringType> parts = switch (element) {
            case StringType text -> Stream.of(text);
            case HumanName name ->
                Stream.of(
                                Stream.of(name.getFamilyElement(), name.getTextElement()),
                                name.getGiven().stream(),
                                name.getPrefix().stream(),
                                name.getSuffix().stream())
                        .flatMap(part -> part);
            case Address address ->
                Stream.concat(
                        address.getLine().stream(),
                        Stream.of(
                                address.getCityElement(),
                                address.getDistrictElement(),
                                address.getStateElement(),
                                address.getPostalCodeElement(),
                                address.getCountryElement(),
                                address.getTextElement()));
            default -> Stream.empty();
        };
        parts.filter(PrimitiveType::hasValue).forEach(part -> entries.text(parameter, part.getValue()));
    }
}
