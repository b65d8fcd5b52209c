package org.carelog.encounter.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.Timing;

/**
 * Answers a search by looking at each resource in turn, as R4 says what a parameter means and docs/api/search.md where R4
 * leaves it open. Shares nothing with the engine but HAPI's model. Thread-safe.
 */
final class Oracle {
    private final Definitions definitions;
    private final Population population;
    private final Elements elements = new Elements();
    private final Words words = new Words();
    private final Map<Parameter, Links> links = new ConcurrentHashMap<>();

    Oracle(Definitions definitions, Population population) {
        this.definitions = definitions;
        this.population = population;
    }

    Definitions definitions() {
        return definitions;
    }

    Population population() {
        return population;
    }

    Words words() {
        return words;
    }

    /** What a parameter is about in a resource; without what its kind is not for, as words where a date may be. */
    List<Base> values(Resource resource, Parameter parameter) {
        return elements.of(resource, parameter).stream()
                .filter(element -> switch (parameter.kind()) {
                    case DATE ->
                        element instanceof BaseDateTimeType || element instanceof Period || element instanceof Timing;
                    case QUANTITY -> !(element instanceof SampledData);
                    case REFERENCE -> !(element instanceof Attachment);
                    default -> true;
                })
                .toList();
    }

    List<Base> parts(Base element, Parameter.Component component) {
        return elements.of(element, component.expression());
    }

    /** In no order. */
    List<Resource> matches(Query query) {
        return query.types().stream()
                .flatMap(type -> population.all(type).stream())
                .filter(resource -> query.compartment().isEmpty() || isInCompartment(resource, query.compartment()))
                .filter(resource -> query.conditions().stream().allMatch(condition -> holds(resource, condition)))
                .toList();
    }

    private boolean isInCompartment(Resource resource, String compartment) {
        return Population.nameOf(resource).equals(compartment)
                || definitions.of(resource.fhirType()).stream()
                        .filter(parameter ->
                                parameter.compartments().contains(compartment.substring(0, compartment.indexOf('/'))))
                        .anyMatch(parameter -> targets(resource, parameter).anyMatch(compartment::equals));
    }

    boolean holds(Resource resource, Condition condition) {
        return switch (condition) {
            case Condition.Compared compared ->
                Set.of("not", "not-in").contains(compared.modifier())
                        != compared.anyOf().stream()
                                .anyMatch(operand -> matches(
                                        resource, of(resource, compared.parameter()), compared.modifier(), operand));
            case Condition.Missing missing ->
                missing.missing()
                        == values(resource, of(resource, missing.parameter())).isEmpty();
            case Condition.Together together ->
                together.anyOf().stream().anyMatch(pair -> matches(resource, together.parameter(), pair));
            case Condition.Chained chained ->
                targets(resource, chained.reference())
                        .filter(target -> target.startsWith(chained.target() + "/"))
                        .flatMap(target -> population.find(target).stream())
                        .anyMatch(target -> holds(target, chained.condition()));
            case Condition.Has has ->
                referrers(has.reference(), Population.nameOf(resource))
                        .anyMatch(referrer -> holds(referrer, has.condition()));
            case Condition.Listed listed ->
                referrers(definitions.parameter("List", "item"), Population.nameOf(resource))
                        .anyMatch(list ->
                                listed.lists().contains(list.getIdElement().getIdPart()));
            case Condition.Worded worded ->
                worded.anyOf().stream()
                        .anyMatch(all -> all.stream()
                                .allMatch(phrase ->
                                        phrase.negated() != words.has(resource, worded.narrative(), phrase.words())));
            case Condition.Filtered filtered -> holds(resource, filtered);
        };
    }

    /** Of several types, the parameter is each one's own. */
    private Parameter of(Resource resource, Parameter parameter) {
        return definitions.parameter(resource.fhirType(), parameter.name());
    }

    private boolean holds(Resource resource, Condition.Filtered filtered) {
        boolean holds = holds(resource, filtered.terms().getFirst());
        for (Condition.Filtered.Term term :
                filtered.terms().subList(1, filtered.terms().size())) {
            holds = term.both() ? holds && holds(resource, term) : holds || holds(resource, term);
        }
        return holds;
    }

    private boolean holds(Resource resource, Condition.Filtered.Term term) {
        return term.negated() != term.anyOf().stream().anyMatch(said -> holds(resource, said));
    }

    /** @see <a href="https://hl7.org/fhir/R4/search_filter.html">FHIR R4, the _filter parameter</a> */
    private boolean holds(Resource resource, Condition.Filtered.Said said) {
        Parameter parameter = said.parameter();
        List<Base> values = values(resource, parameter);
        Operand operand = said.operand();
        return switch (said.operator()) {
            case "pr" -> values.isEmpty() != Boolean.parseBoolean(operand.first());
            case String ordered when parameter.hasOrder() -> matches(resource, parameter, "", operand.with(ordered));
            case "ne" -> !values.isEmpty() && !holds(resource, new Condition.Filtered.Said(parameter, "eq", operand));
            case String of
            when parameter.kind() == RestSearchParameterTypeEnum.STRING ->
                values.stream().anyMatch(element -> Strings.compares(element, of, operand.first()));
            case "in" -> matches(resource, parameter, "in", operand);
            case "ni" -> !matches(resource, parameter, "in", operand);
            case "ss" -> matches(resource, parameter, "below", operand);
            case "sb" -> matches(resource, parameter, "above", operand);
            default -> matches(resource, parameter, "", operand);
        };
    }

    private boolean matches(Resource resource, Parameter parameter, String modifier, Operand operand) {
        return values(resource, parameter).stream().anyMatch(element -> matches(parameter, element, modifier, operand));
    }

    private static boolean matches(Parameter parameter, Base element, String modifier, Operand operand) {
        if (parameter.name().equals("_id")) {
            return id(element).equals(operand.first());
        }
        return switch (parameter.kind()) {
            case TOKEN -> Tokens.matches(element, modifier, operand);
            case STRING -> Strings.matches(element, modifier, operand.first());
            case DATE -> Dates.matches(element, operand);
            case NUMBER, QUANTITY -> Quantities.matches(element, operand);
            case REFERENCE -> References.matches(parameter, element, modifier, operand);
            case URI -> Uris.matches(element, modifier, operand.first());
            case SPECIAL -> Positions.isNear(element, operand);
            default -> throw new IllegalArgumentException(parameter.toString());
        };
    }

    /** A logical id alone; HAPI's model has type and version with it. */
    static String id(Base element) {
        return ((IdType) element).getIdPart();
    }

    private boolean matches(Resource resource, Parameter composite, Condition.Together.Pair pair) {
        return elements.of(resource, composite).stream()
                .anyMatch(element -> matches(element, composite.components().getFirst(), pair.left())
                        && matches(element, composite.components().getLast(), pair.right()));
    }

    private boolean matches(Base element, Parameter.Component component, Operand operand) {
        return parts(element, component).stream().anyMatch(part -> matches(component.parameter(), part, "", operand));
    }

    /** {@code Type/id} of what the resource refers to by a parameter. */
    Stream<String> targets(Resource resource, Parameter reference) {
        return links(reference).from(resource);
    }

    private Stream<Resource> referrers(Parameter reference, String target) {
        return links(reference).to(target);
    }

    private Links links(Parameter reference) {
        return links.computeIfAbsent(
                reference,
                _ -> Links.of(
                        population.all(reference.type()),
                        resource -> values(resource, reference).stream()
                                .filter(element -> element instanceof Reference)
                                .flatMap(element -> References.target(element).stream())));
    }

    /** What comes along with the matches of a page. */
    Set<String> included(List<Query.Include> includes, Collection<String> page) {
        Set<String> included = new TreeSet<>();
        Set<String> last = new LinkedHashSet<>(page);
        for (boolean iterated = false; !last.isEmpty(); iterated = true) {
            Set<String> next = new LinkedHashSet<>();
            for (Query.Include include : includes) {
                if (include.iterates() || !iterated) {
                    last.forEach(name -> next.addAll(included(include, name)));
                }
            }
            next.removeAll(page);
            next.removeAll(included);
            included.addAll(next);
            last = next;
        }
        return included;
    }

    private List<String> included(Query.Include include, String name) {
        Resource resource = population.find(name).orElseThrow();
        List<String> found = new ArrayList<>();
        for (Parameter reference : include.references()) {
            if (include.reversed() && leadsTo(include, resource.fhirType())) {
                referrers(reference, name).map(Population::nameOf).forEach(found::add);
            } else if (!include.reversed() && reference.type().equals(resource.fhirType())) {
                targets(resource, reference)
                        .filter(target -> leadsTo(include, target.substring(0, target.indexOf('/'))))
                        .filter(target -> population.find(target).isPresent())
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static boolean leadsTo(Query.Include include, String type) {
        return include.target().isEmpty() || include.target().equals(type);
    }

    /** By what a resource is sorted; null: it has no such value, and comes last. */
    Comparable<?> sortValue(Resource resource, Query.Order order) {
        Stream<Comparable<?>> values =
                values(resource, of(resource, order.by())).stream().flatMap(element -> sortValues(order.by(), element));
        return values.reduce((one, other) -> (compare(one, other) < 0) == order.descending() ? other : one)
                .orElse(null);
    }

    private static Stream<? extends Comparable<?>> sortValues(Parameter parameter, Base element) {
        if (parameter.name().equals("_id")) {
            return Stream.of(id(element));
        }
        return switch (parameter.kind()) {
            case TOKEN ->
                Tokens.codes(element).stream()
                        .map(Tokens.Coded::code)
                        .filter(code -> code != null)
                        .map(code -> code.toLowerCase(Locale.ROOT));
            case STRING -> Strings.of(element).stream().map(Strings::plain);
            case DATE -> Dates.span(element).stream().map(Dates.Span::low);
            case NUMBER, QUANTITY -> Quantities.least(element).stream();
            default -> throw new IllegalArgumentException(parameter.toString());
        };
    }

    @SuppressWarnings("unchecked")
    static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    static boolean isSortable(Parameter parameter) {
        return switch (parameter.kind()) {
            case TOKEN, STRING, DATE, NUMBER -> true;
            case QUANTITY -> !parameter.name().startsWith("combo-");
            default -> false;
        };
    }
}
