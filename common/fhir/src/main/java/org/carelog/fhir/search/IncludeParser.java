package org.carelog.fhir.search;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code _include} and {@code _revinclude}: {@code Source:parameter}, {@code Source:parameter:Target}, {@code *} for all.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#revinclude">FHIR R4, including other resources</a>
 */
final class IncludeParser {
    private static final String ALL = "*";

    private final SearchableTypes types;
    private final Collection<SearchableType> searched;

    IncludeParser(SearchableTypes types, Collection<SearchableType> searched) {
        this.types = types;
        this.searched = searched;
    }

    /** @param name with {@code :iterate} or without */
    List<Include> parse(String name, String value) {
        boolean reversed = name.startsWith(QueryParser.REVINCLUDE);
        boolean iterates = name.endsWith(QueryParser.ITERATE);
        List<SearchParameter> references = references(reversed, iterates);
        Optional<String> target = target(value);
        List<Include> includes = references.stream()
                .filter(named(value))
                .filter(reference -> target.stream().allMatch(reference::canTarget))
                .map(reference -> new Include(reference, target, reversed, iterates))
                .toList();
        boolean fits = !reversed || iterates || target.stream().allMatch(this::isSearched);
        if (includes.isEmpty() || !fits) {
            throw QueryParser.invalid(
                    name, "takes *, or one of these, also with :Type of the target: " + known(references));
        }
        return includes;
    }

    private List<SearchParameter> references(boolean reversed, boolean iterates) {
        Collection<SearchableType> sources = reversed || iterates ? types.all() : searched;
        return sources.stream()
                .flatMap(source -> source.parameters().stream())
                .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
                .filter(parameter ->
                        !reversed || iterates || searched.stream().anyMatch(type -> parameter.canTarget(type.name())))
                .toList();
    }

    private boolean isSearched(String type) {
        return searched.stream().anyMatch(one -> one.name().equals(type));
    }

    private static Predicate<SearchParameter> named(String value) {
        String[] words = value.split(":", -1);
        return reference -> value.equals(ALL)
                || (words.length > 1
                        && words.length < 4
                        && words[0].equals(reference.owner())
                        && (words[1].equals(ALL) || words[1].equals(reference.name())));
    }

    private static Optional<String> target(String value) {
        String[] words = value.split(":", -1);
        return words.length == 3 ? Optional.of(words[2]) : Optional.empty();
    }

    private String known(List<SearchParameter> references) {
        return references.isEmpty()
                ? "none here"
                : String.join(
                        ", ", references.stream().map(SearchParameter::toString).toList());
    }
}
