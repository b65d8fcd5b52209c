package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;

/**
 * Reads one parameter that filters: {@code name[:modifier]=value,value} or a chain
 * {@code reference[:Type].name[:modifier]=value}. Where nothing is held that has identifiers, a chain to {@code identifier} is
 * about the one that the reference itself carries.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html">FHIR R4, search</a>
 */
final class FilterParser {
    /** Before a type, a reference from it to the resource in question, and what must hold for that. */
    private static final String HAS = "_has:";

    /** The parameter of most types, and the modifier of references. */
    private static final String IDENTIFIER = "identifier";

    /** Ids of Lists, of one of which it must be an item. */
    private static final String LIST = "_list";

    /** An expression over parameters. */
    static final String FILTER = "_filter";

    /** References in one chain. */
    static final int MAX_CHAIN = 5;
    /** Values by commas in one parameter. */
    static final int MAX_ALTERNATIVES = 1000;

    private final QueryContext context;

    FilterParser(QueryContext context) {
        this.context = context;
    }

    Filter filter(SearchableType type, String name, String value) {
        return name.equals(FILTER) ? expression(type, value) : filter(type, name, new Sent(name, value, null), 0);
    }

    private Filter expression(SearchableType type, String value) {
        try {
            return FilterExpression.parse(
                    value,
                    (path, operator, operand) ->
                            filter(type, path, new Sent(FILTER + ": " + path, operand, operator), 0));
        } catch (IllegalArgumentException e) {
            throw QueryParser.invalid(FILTER, e.getMessage());
        }
    }

    /**
     * The parameter as the client wrote it, for what is refused.
     *
     * @param operator of an expression; null: it is a parameter of its own
     */
    private record Sent(String name, String value, Operator operator) {}

    private Filter filter(SearchableType type, String name, Sent sent, int links) {
        if (name.startsWith(HAS)) {
            return has(type, name.substring(HAS.length()), sent, links + 1);
        }
        if (name.equals(LIST) && items().isPresent()) {
            return has(type, "List:item:_id", sent, links + 1);
        }
        int dot = name.indexOf('.');
        String first = dot < 0 ? name : name.substring(0, dot);
        int colon = first.indexOf(':');
        String modifier = colon < 0 ? "" : first.substring(colon + 1);
        SearchParameter parameter = type.parameter(colon < 0 ? first : first.substring(0, colon))
                .orElseThrow(() -> unknown(type, sent, known(type, links)));
        context.use(parameter);
        if (colon == first.length() - 1) {
            throw unknown(type, sent, withModifiers(parameter));
        }
        return dot < 0
                ? filter(type, parameter, modifier, sent)
                : chain(type, parameter, modifier, name.substring(dot + 1), sent, links + 1);
    }

    private Filter filter(SearchableType type, SearchParameter parameter, String modifier, Sent sent) {
        if (sent.operator() != null) {
            return compared(type, parameter, modifier, sent);
        }
        Semantics semantics = parameter.type().semantics();
        if (modifier.equals("missing") && semantics.mayBeMissing()) {
            boolean missing = missing(sent);
            return ofParts(parameter, part -> semantics.missing(part, missing));
        }
        if (!modifier.isEmpty() && !semantics.modifiers(parameter).contains(modifier)) {
            // a reference to any type takes any hosted type for a modifier
            boolean anyType = parameter.type() == ParameterType.REFERENCE
                    && parameter.targets().isEmpty()
                    && context.types().find(modifier).isPresent();
            if (!anyType) {
                throw unknown(type, sent, withModifiers(parameter));
            }
        }
        try {
            List<String> alternatives = alternatives(sent);
            context.size().values(alternatives.size());
            return ofParts(parameter, part -> semantics.filter(part, modifier, alternatives, context));
        } catch (IllegalArgumentException e) {
            throw QueryParser.invalid(sent.name(), e.getMessage());
        }
    }

    private Filter compared(SearchableType type, SearchParameter parameter, String modifier, Sent sent) {
        if (!modifier.isEmpty()) {
            throw unknown(type, sent, List.of(parameter.name()));
        }
        try {
            return sent.operator().negates(parameter.type())
                    ? differs(parameter, sent.value())
                    : ofParts(parameter, part -> sent.operator().filter(part, sent.value(), context));
        } catch (IllegalArgumentException e) {
            throw QueryParser.invalid(sent.name(), e.getMessage());
        }
    }

    /** There is a value, in whatever part, and none that is equal. */
    private Filter differs(SearchParameter parameter, String operand) {
        return new Filter.All(List.of(
                ofParts(parameter, part -> part.type().semantics().missing(part, false)),
                new Filter.Not(ofParts(parameter, part -> Operator.EQ.filter(part, operand, context)))));
    }

    private static Filter ofParts(SearchParameter parameter, Function<SearchParameter, Filter> filter) {
        return parameter.parts().isEmpty()
                ? filter.apply(parameter)
                : Filter.ofParts(parameter.parts().stream().map(filter).toList());
    }

    private static boolean missing(Sent sent) {
        return switch (sent.value()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw QueryParser.invalid(sent.name(), "is true or false");
        };
    }

    private static List<String> alternatives(Sent sent) {
        if (sent.value().isEmpty()) {
            throw QueryParser.invalid(sent.name(), "has no value; to find what lacks one, there is :missing=true");
        }
        List<String> alternatives = Escapes.split(sent.value(), ',');
        if (alternatives.contains("")) {
            throw QueryParser.invalid(sent.name(), "has an empty value between its commas");
        }
        if (alternatives.size() > MAX_ALTERNATIVES) {
            throw QueryParser.invalid(sent.name(), "has more than %d values".formatted(MAX_ALTERNATIVES));
        }
        return alternatives;
    }

    private Filter chain(
            SearchableType type, SearchParameter parameter, String target, String rest, Sent sent, int links) {
        if (parameter.type() != ParameterType.REFERENCE) {
            throw QueryParser.invalid(
                    sent.name(), "%s is no reference, so nothing can follow it".formatted(parameter.name()));
        }
        requireShort(sent, links);
        List<SearchableType> targets = context.types().all().stream()
                .filter(candidate -> parameter.canTarget(candidate.name()))
                .filter(candidate -> target.isEmpty() || target.equals(candidate.name()))
                .toList();
        if (target.isEmpty() && rest.equals(IDENTIFIER) && isOnlyNamed(parameter)) {
            return filter(type, parameter, IDENTIFIER, sent);
        }
        if (targets.isEmpty()) {
            throw unknown(type, sent, chains(type, parameter));
        }
        String next = rest.split("[.:]", 2)[0];
        List<Filter.Link> found = new ArrayList<>();
        for (SearchableType candidate : targets) {
            if (targets.size() == 1
                    || next.equals("_has")
                    || candidate.parameter(next).isPresent()) {
                count(candidate, parameter, sent);
                found.add(new Filter.Link(candidate.name(), filter(candidate, rest, sent, links)));
            }
        }
        if (found.isEmpty()) {
            throw unknown(type, sent, chains(type, parameter));
        }
        return new Filter.Chain(parameter, found);
    }

    /**
     * Whether there is nothing but the reference to tell an identifier. One that leads to a single type is told by that type from
     * others of the same element, and an identifier alone has none.
     */
    private boolean isOnlyNamed(SearchParameter reference) {
        return reference.targets().size() != 1
                && context.types().all().stream()
                        .allMatch(type -> type.parameter(IDENTIFIER).isEmpty());
    }

    private static void requireShort(Sent sent, int links) {
        if (links > MAX_CHAIN) {
            throw QueryParser.invalid(sent.name(), "a chain follows at most %d references".formatted(MAX_CHAIN));
        }
    }

    private void count(SearchableType target, SearchParameter reference, Sent sent) {
        try {
            context.size().link();
        } catch (IllegalArgumentException e) {
            throw QueryParser.invalid(
                    sent.name(),
                    "%s; name the type that a reference leads to, as %s:%s"
                            .formatted(e.getMessage(), reference.name(), target.name()));
        }
    }

    /** {@code _has:Type:reference:name}, of which the first word has been read. */
    private Filter has(SearchableType type, String rest, Sent sent, int links) {
        requireShort(sent, links);
        String[] words = rest.split(":", 3);
        SearchableType source = context.types().find(words[0]).orElse(null);
        SearchParameter reference = source == null || words.length < 3
                ? null
                : source.parameter(words[1])
                        .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
                        .filter(parameter -> parameter.canTarget(type.name()))
                        .orElse(null);
        if (reference == null) {
            throw unknown(type, sent, referrers(type));
        }
        context.use(reference);
        count(type, reference, sent);
        return new Filter.Has(reference, filter(source, words[2], sent, links));
    }

    /** Where there are Lists, by what they refer to their items. */
    private Optional<SearchParameter> items() {
        return context.types().find("List").flatMap(list -> list.parameter("item"));
    }

    private List<String> referrers(SearchableType type) {
        return context.types().all().stream()
                .flatMap(source -> source.parameters().stream())
                .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
                .filter(parameter -> parameter.canTarget(type.name()))
                .map(parameter -> HAS + parameter + ":")
                .toList();
    }

    /** What can follow the reference. */
    private List<String> chains(SearchableType type, SearchParameter reference) {
        List<String> known = context.types().all().stream()
                .filter(target -> reference.canTarget(target.name()))
                .flatMap(target -> target.parameterNames().stream()
                        .map(name -> "%s:%s.%s".formatted(reference.name(), target.name(), name)))
                .toList();
        return known.isEmpty() ? known(type, 0) : known;
    }

    private List<String> known(SearchableType type, int links) {
        List<String> known = new ArrayList<>(type.parameterNames());
        known.add(HAS + "Type:reference:parameter");
        if (items().isPresent()) {
            known.add(LIST);
        }
        if (links == 0) {
            known.add(FILTER);
            known.addAll(QueryParser.CONTROLS);
        }
        return known;
    }

    private static List<String> withModifiers(SearchParameter parameter) {
        Semantics semantics = parameter.type().semantics();
        Stream<String> modifiers = semantics.modifiers(parameter).stream();
        List<String> known = (semantics.mayBeMissing() ? Stream.concat(modifiers, Stream.of("missing")) : modifiers)
                .map(modifier -> parameter.name() + ":" + modifier)
                .toList();
        return known.isEmpty() ? List.of(parameter.name()) : known;
    }

    private static FhirProblemException unknown(SearchableType type, Sent sent, List<String> known) {
        return new FhirProblemException(new FhirProblem.UnknownSearchParameter(type.name(), sent.name(), known));
    }
}
