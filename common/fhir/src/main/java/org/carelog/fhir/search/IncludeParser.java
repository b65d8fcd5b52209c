package org.carelog.fhir.search;

import java.util.List;
import java.util.Optional;

/**
 * {@code _include} and {@code _revinclude}: {@code Source:parameter} or {@code Source:parameter:Target}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#revinclude">FHIR R4, including other resources</a>
 */
final class IncludeParser {
    private final SearchableTypes types;
    private final SearchableType searched;

    IncludeParser(SearchableTypes types, SearchableType searched) {
        this.types = types;
        this.searched = searched;
    }

    Include include(String value) {
        return references(List.of(searched)).stream()
                .flatMap(reference -> read(value, reference, false).stream())
                .findFirst()
                .orElseThrow(() -> QueryParser.invalid(
                        "_include", "takes one of these, also with :Type of the target: " + known(List.of(searched))));
    }

    Include reverseInclude(String value) {
        return references(types.all()).stream()
                .filter(reference -> reference.canTarget(searched.name()))
                .flatMap(reference -> read(value, reference, true).stream())
                .filter(include -> include.target().stream().allMatch(searched.name()::equals))
                .findFirst()
                .orElseThrow(() -> QueryParser.invalid("_revinclude", "takes one of these: " + known(types.all())));
    }

    private static Optional<Include> read(String value, SearchParameter reference, boolean reversed) {
        String plain = reference.owner() + ":" + reference.name();
        if (value.equals(plain)) {
            return Optional.of(new Include(reference, Optional.empty(), reversed));
        }
        return Optional.of(value)
                .filter(given -> given.startsWith(plain + ":"))
                .map(given -> given.substring(plain.length() + 1))
                .filter(target -> !target.isEmpty() && reference.canTarget(target))
                .map(target -> new Include(reference, Optional.of(target), reversed));
    }

    private String known(List<SearchableType> sources) {
        List<String> names = references(sources).stream()
                .filter(reference -> sources.size() == 1 || reference.canTarget(searched.name()))
                .map(SearchParameter::toString)
                .toList();
        return names.isEmpty() ? "none for " + searched.name() : String.join(", ", names);
    }

    private static List<SearchParameter> references(List<SearchableType> sources) {
        return sources.stream()
                .flatMap(source -> source.parameters().stream())
                .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
                .toList();
    }
}
