package org.carelog.encounter.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/** Searches of each type, in every form in which each of its parameters may be asked for. For one thread. */
final class Queries {
    private static final List<String> PREFIXES = List.of("", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap");
    /** What the service keeps copies of, which a search of several types does not find. */
    private static final Set<String> COPIED = Set.of("Patient", "RelatedPerson", "Coverage", "Consent", "Provenance");

    /** That operators of a {@code _filter} stand for. */
    private static final Map<String, String> MODIFIERS = Map.of("in", "in", "ni", "in", "ss", "below", "sb", "below");

    private static final int OTHERS = 3;
    private static final int MOST_LINKS = 3;
    private static final int DEFAULT_COUNT = 50;

    private record Level(String type, int links) {}

    private final Oracle oracle;
    private final Map<Level, List<Arbitrary<Condition>>> forms = new HashMap<>();

    Queries(Oracle oracle) {
        this.oracle = oracle;
    }

    /** One for each form of each parameter of the type, which the searches have. */
    List<Arbitrary<Query>> of(String type) {
        List<Arbitrary<Condition>> conditions = new ArrayList<>(forms(type, 0));
        filters(type).forEach(conditions::add);
        Arbitrary<List<Condition>> others = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.of())),
                Tuple.of(2, anyOf(forms(type, 0)).list().ofMinSize(1).ofMaxSize(2)));
        Arbitrary<List<Query.Order>> sort = sort(type);
        Arbitrary<List<Query.Include>> includes = includes(type);
        Arbitrary<String> compartments = compartments(type);
        Arbitrary<Integer> counts = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(DEFAULT_COUNT)),
                Tuple.of(1, Arbitraries.integers().between(3, 20)));
        Arbitrary<Boolean> totals = Arbitraries.of(false, true);
        return conditions.stream()
                .map(first -> Combinators.combine(compartments, first, others, sort, includes, counts, totals)
                        .as((compartment, one, more, order, include, count, counted) -> new Query(
                                compartment,
                                List.of(type),
                                Stream.concat(Stream.of(one), more.stream()).toList(),
                                order,
                                include,
                                count,
                                counted)))
                .toList();
    }

    /** Of the type and another one that the service owns, with what both are searched by. */
    List<Arbitrary<Query>> ofSeveral(String type) {
        List<String> owned = oracle.definitions().types().stream()
                .filter(other -> !COPIED.contains(other))
                .toList();
        int place = owned.indexOf(type);
        return place < 0
                ? List.of()
                : IntStream.rangeClosed(1, OTHERS)
                        .mapToObj(i -> ofBoth(type, owned.get((place + i) % owned.size())))
                        .toList();
    }

    private Arbitrary<Query> ofBoth(String type, String other) {
        List<Arbitrary<Condition>> conditions = oracle.definitions().of(type).stream()
                .filter(parameter -> isCommon(parameter, other))
                .flatMap(parameter -> forms(parameter, Set.of("")).stream())
                .toList();
        List<Parameter> keys = Stream.of("_id", "_lastUpdated")
                .map(name -> oracle.definitions().parameter(type, name))
                .toList();
        return Combinators.combine(
                        Arbitraries.of(compartmentsOf(type).stream()
                                .filter(compartmentsOf(other)::contains)
                                .toList()),
                        anyOf(conditions).list().ofMaxSize(2),
                        sort(keys),
                        Arbitraries.of(DEFAULT_COUNT, 7, 3),
                        Arbitraries.of(false, true))
                .as((compartment, all, order, count, counted) ->
                        new Query(compartment, List.of(type, other), all, order, List.of(), count, counted));
    }

    private boolean isCommon(Parameter parameter, String other) {
        return parameter.kind() != RestSearchParameterTypeEnum.COMPOSITE
                && oracle.definitions().of(other).stream()
                        .anyMatch(same -> same.name().equals(parameter.name()) && same.kind() == parameter.kind());
    }

    private static Arbitrary<Condition> anyOf(List<Arbitrary<Condition>> forms) {
        return Arbitraries.of(forms).flatMap(form -> form);
    }

    private List<Arbitrary<Condition>> forms(String type, int links) {
        Level level = new Level(type, links);
        List<Arbitrary<Condition>> known = forms.get(level);
        if (known == null) {
            known = new ArrayList<>();
            for (Parameter parameter : oracle.definitions().of(type)) {
                known.addAll(forms(parameter));
                if (parameter.isReference() && links < MOST_LINKS) {
                    known.addAll(chains(parameter, links + 1));
                }
            }
            if (links < MOST_LINKS) {
                for (Parameter reference : oracle.definitions().referrers(type)) {
                    if (targetTypes(reference).contains(type)) {
                        known.add(Arbitraries.lazy(() -> anyOf(forms(reference.type(), links + 1)))
                                .map(condition -> new Condition.Has(reference, condition)));
                    }
                }
                known.add(lists());
            }
            known.add(words(type, false));
            known.add(words(type, true));
            forms.put(level, known);
        }
        return known;
    }

    private List<Arbitrary<Condition>> forms(Parameter parameter) {
        return forms(parameter, modifiers(parameter));
    }

    private List<Arbitrary<Condition>> forms(Parameter parameter, Set<String> modifiers) {
        List<Arbitrary<Condition>> found = new ArrayList<>();
        if (parameter.kind() == RestSearchParameterTypeEnum.COMPOSITE) {
            found.add(Arbitraries.of(pairs(parameter))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(2)
                    .map(pairs -> new Condition.Together(parameter, pairs)));
            return found;
        }
        found.add(Arbitraries.of(true, false).map(missing -> new Condition.Missing(parameter, missing)));
        boolean hasPrefixes = parameter.hasOrder();
        for (String modifier : modifiers) {
            List<Operand> operands = operands(parameter, modifier);
            for (String prefix : hasPrefixes ? PREFIXES : List.of("")) {
                List<Operand> fit = operands.stream()
                        .filter(operand -> !isAboutNow(parameter, prefix)
                                || operand.first().length() == 10)
                        .map(operand -> operand.with(prefix))
                        .toList();
                if (!fit.isEmpty()) {
                    found.add(Arbitraries.frequencyOf(
                                    Tuple.of(2, Arbitraries.of(fit).list().ofSize(1)),
                                    Tuple.of(
                                            1,
                                            Arbitraries.of(fit)
                                                    .list()
                                                    .ofMinSize(2)
                                                    .ofMaxSize(3)))
                            .map(anyOf -> new Condition.Compared(parameter, modifier, anyOf)));
                }
            }
        }
        return found;
    }

    /** One for each parameter, which the expression begins with: a search has one of them. */
    private List<Arbitrary<Condition>> filters(String type) {
        List<Arbitrary<Condition.Filtered.Said>> comparisons = oracle.definitions().of(type).stream()
                .map(this::comparisons)
                .filter(comparison -> !comparison.isEmpty())
                .map(Arbitraries::of)
                .toList();
        Arbitrary<Condition.Filtered.Said> any = Arbitraries.of(comparisons).flatMap(one -> one);
        Arbitrary<Condition.Filtered.Term> terms = Combinators.combine(
                        Arbitraries.of(false, true),
                        Arbitraries.of(false, false, true),
                        any.list().ofMinSize(1).ofMaxSize(2))
                .as(Condition.Filtered.Term::new);
        return comparisons.stream()
                .<Arbitrary<Condition>>map(first -> Combinators.combine(
                                first, terms.list().ofMaxSize(2))
                        .as((said, more) -> new Condition.Filtered(Stream.concat(
                                        Stream.of(new Condition.Filtered.Term(true, false, List.of(said))),
                                        more.stream())
                                .toList())))
                .toList();
    }

    /** What a bar would mean cannot be said in an expression. */
    private List<Condition.Filtered.Said> comparisons(Parameter parameter) {
        List<Condition.Filtered.Said> found = new ArrayList<>();
        List<String> operators = operators(parameter);
        for (String operator : operators) {
            operands(parameter, MODIFIERS.getOrDefault(operator, "")).stream()
                    .filter(operand -> operand.parts().stream().noneMatch(part -> part.contains("|")))
                    .filter(operand ->
                            !isAboutNow(parameter, operator) || operand.first().length() == 10)
                    .map(operand -> new Condition.Filtered.Said(parameter, operator, operand))
                    .forEach(found::add);
        }
        if (!operators.isEmpty()) {
            Stream.of("true", "false")
                    .map(value -> new Condition.Filtered.Said(parameter, "pr", Operand.of(value)))
                    .forEach(found::add);
        }
        return found;
    }

    private static List<String> operators(Parameter parameter) {
        if (parameter.hasOrder()) {
            return PREFIXES.subList(1, PREFIXES.size());
        }
        if (parameter.name().equals("_id")) {
            return List.of("eq", "ne");
        }
        return switch (parameter.kind()) {
            case TOKEN -> List.of("eq", "ne", "in", "ni", "ss", "sb");
            case REFERENCE -> List.of("eq", "ne", "re");
            case STRING -> List.of("eq", "ne", "co", "sw", "ew");
            case URI -> List.of("eq", "ne", "ss", "sb");
            default -> List.of();
        };
    }

    /** About when it was written a moment ago is another matter each time it is asked. */
    private static boolean isAboutNow(Parameter parameter, String prefix) {
        return parameter.name().equals("_lastUpdated") && prefix.equals("ap");
    }

    private Set<String> modifiers(Parameter parameter) {
        Set<String> modifiers = new LinkedHashSet<>(Set.of(""));
        if (parameter.name().equals("_id")) {
            return Set.of("", "not");
        }
        switch (parameter.kind()) {
            case TOKEN -> modifiers.addAll(List.of("not", "text", "of-type", "in", "not-in", "above", "below"));
            case STRING -> modifiers.addAll(List.of("exact", "contains"));
            case URI -> modifiers.addAll(List.of("above", "below"));
            case REFERENCE -> {
                modifiers.addAll(List.of("identifier", "text"));
                targetTypes(parameter).stream().filter(parameter::canTarget).forEach(modifiers::add);
            }
            default -> {}
        }
        return modifiers;
    }

    /** What values of the population suggest, the shortest first; if there are none, something, for what has no modifier. */
    private List<Operand> operands(Parameter parameter, String modifier) {
        List<Operand> found = oracle.population().all(parameter.type()).stream()
                .flatMap(resource -> oracle.values(resource, parameter).stream())
                .flatMap(element -> Operands.of(parameter, modifier, element).stream())
                .distinct()
                .sorted(Comparator.comparing(operand -> operand.sent().length()))
                .toList();
        return found.isEmpty() && modifier.isEmpty() ? List.of(something(parameter)) : found;
    }

    private static Operand something(Parameter parameter) {
        return Operand.of(
                switch (parameter.kind()) {
                    case DATE -> "2020-05";
                    case NUMBER, QUANTITY -> "7";
                    case URI -> "http://example.org/nothing";
                    case SPECIAL -> "0|0|1";
                    default -> "nothing";
                });
    }

    /** Of the same occurrence, and of different ones. */
    private List<Condition.Together.Pair> pairs(Parameter composite) {
        Parameter.Component left = composite.components().getFirst();
        Parameter.Component right = composite.components().getLast();
        List<Condition.Together.Pair> pairs = new ArrayList<>();
        List<Operand> before = List.of(something(left.parameter()));
        for (Resource resource : oracle.population().all(composite.type())) {
            for (Base occurrence : oracle.values(resource, composite)) {
                List<Operand> lefts = operands(occurrence, left);
                for (Operand operand : operands(occurrence, right)) {
                    lefts.stream().limit(3).forEach(one -> pairs.add(new Condition.Together.Pair(one, operand)));
                    before.stream().limit(1).forEach(one -> pairs.add(new Condition.Together.Pair(one, operand)));
                }
                before = lefts.isEmpty() ? before : lefts;
            }
        }
        return pairs.isEmpty()
                ? List.of(new Condition.Together.Pair(something(left.parameter()), something(right.parameter())))
                : pairs;
    }

    private List<Operand> operands(Base occurrence, Parameter.Component component) {
        return oracle.parts(occurrence, component).stream()
                .flatMap(part -> Operands.of(component.parameter(), "", part).stream())
                .toList();
    }

    private List<Arbitrary<Condition>> chains(Parameter reference, int links) {
        List<Arbitrary<Condition>> chains = new ArrayList<>();
        long possible = oracle.definitions().types().stream()
                .filter(reference::canTarget)
                .count();
        for (String target : targetTypes(reference)) {
            if (reference.canTarget(target)) {
                Arbitrary<Condition> conditions = Arbitraries.lazy(() -> anyOf(forms(target, links)));
                chains.add(Combinators.combine(conditions, Arbitraries.of(possible > 1, true))
                        .as((condition, named) -> new Condition.Chained(reference, target, named, condition)));
            }
        }
        return chains;
    }

    private Set<String> targetTypes(Parameter reference) {
        Set<String> types = new TreeSet<>();
        for (Resource resource : oracle.population().all(reference.type())) {
            oracle.targets(resource, reference)
                    .map(target -> target.substring(0, target.indexOf('/')))
                    .filter(oracle.definitions().types()::contains)
                    .forEach(types::add);
        }
        return types;
    }

    private Arbitrary<Condition> lists() {
        return Arbitraries.of(oracle.population().all("List"))
                .map(list -> list.getIdElement().getIdPart())
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(Condition.Listed::new);
    }

    /** One or two words that stand together in a resource of the type, or something, in each phrase. */
    private Arbitrary<Condition> words(String type, boolean narrative) {
        List<List<String>> values = oracle.population().all(type).stream()
                .flatMap(resource -> oracle.words().of(resource, narrative).stream())
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
        Arbitrary<List<String>> some = Combinators.combine(
                        Arbitraries.of(values.isEmpty() ? List.of(List.of("nothing")) : values),
                        Arbitraries.integers().between(0, 100),
                        Arbitraries.of(1, 1, 2))
                .as((value, place, count) ->
                        value.subList(place % value.size(), Math.min(place % value.size() + count, value.size())));
        return Combinators.combine(Arbitraries.of(false, false, false, true), some)
                .as(Condition.Worded.Phrase::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(anyOf -> new Condition.Worded(narrative, anyOf));
    }

    private Arbitrary<List<Query.Order>> sort(String type) {
        return sort(oracle.definitions().of(type).stream()
                .filter(Oracle::isSortable)
                .toList());
    }

    private static Arbitrary<List<Query.Order>> sort(List<Parameter> sortable) {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.of())),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.of(sortable), Arbitraries.of(false, true))
                                .as(Query.Order::new)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(2)
                                .uniqueElements(Query.Order::by)));
    }

    private Arbitrary<List<Query.Include>> includes(String type) {
        List<Query.Include> possible = new Includes(oracle.definitions()).of(type);
        return possible.isEmpty()
                ? Arbitraries.just(List.of())
                : Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.just(List.of())),
                        Tuple.of(1, Arbitraries.of(possible).list().ofMinSize(1).ofMaxSize(3)));
    }

    private Arbitrary<String> compartments(String type) {
        List<String> possible = compartmentsOf(type);
        return possible.size() == 1
                ? Arbitraries.just("")
                : Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.just("")), Tuple.of(1, Arbitraries.of(possible)));
    }

    /** The empty one first. */
    private List<String> compartmentsOf(String type) {
        return Stream.concat(
                        Stream.of(""),
                        Stream.of("Patient", "Encounter", "Practitioner", "RelatedPerson", "Device")
                                .filter(name -> name.equals(type)
                                        || oracle.definitions().of(type).stream()
                                                .anyMatch(parameter ->
                                                        parameter.compartments().contains(name)))
                                .flatMap(name ->
                                        oracle.population().all(name).stream().map(Population::nameOf)))
                .toList();
    }
}
