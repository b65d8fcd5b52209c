package org.carelog.records.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.registry.TypeRegistry;
import org.carelog.fhir.search.Include;
import org.carelog.fhir.search.PagePosition;
import org.carelog.fhir.search.ParameterType;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchScope;
import org.carelog.fhir.search.SearchableType;
import org.carelog.fhir.search.SearchableTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wherever a search touches a type, there is the condition of what the asker may see of it: for every type and every reference of
 * a service, as the result, its count, an include of either direction, the end of a chain, what has a reference, within an expression
 * and among all types.
 */
class SightTest {
    private static final String PATIENT = "own";
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
    private static final Pattern HEAD = Pattern.compile("\\bresource (r\\d+)\\b");
    private static final Pattern CONDITION = Pattern.compile("\\b(r\\d+)\\.patient_id = \\?");

    @ParameterizedTest
    @ValueSource(strings = {"patient-service", "encounter-service", "audit-service"})
    void everyTypeThatASearchTouchesHasItsCondition(String service) {
        // Given
        SearchableTypes types =
                new SearchableTypes(TypeRegistry.ofClassPath().hostedBy(service), "http://localhost:8080/fhir");

        for (SearchableType type : types.all()) {
            Walk walk = new Walk(types, type.name());

            // When, Then
            walk.searches(List.of(), Set.of(type.name()));
            for (SearchParameter reference : references(type)) {
                for (String target : targets(types, reference)) {
                    String chain = "%s:%s._id".formatted(reference.name(), target);
                    Set<String> both = new HashSet<>(List.of(type.name(), target));
                    walk.searches(List.of(Map.entry(chain, "x")), both);
                    walk.searches(List.of(Map.entry("_filter", "not (%s eq x)".formatted(chain))), both);
                    new Walk(types, target)
                            .searches(
                                    List.of(Map.entry("_has:%s:%s:_id".formatted(type.name(), reference.name()), "x")),
                                    both);
                }
                walk.includes("_include", reference);
                walk.includes("_include:iterate", reference);
            }
            walk.includes("_revinclude", "*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient-service", "encounter-service"})
    void soHasEveryTypeOfASearchOfAll(String service) {
        // Given
        SearchableTypes types =
                new SearchableTypes(TypeRegistry.ofClassPath().hostedBy(service), "http://localhost:8080/fhir");
        List<String> names = types.all().stream().map(SearchableType::name).toList();
        Sighted sighted = new Sighted();

        // When
        SearchQuery query = SearchQuery.parse(types, SearchScope.ofSystem(names), List.of(), NOW, false);

        // Then
        sighted.requireConditions(query);
        assertThat(sighted.asked).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patient-service", "encounter-service"})
    void whoMaySeeNothingIsShownNothing(String service) {
        // Given
        SearchableTypes types =
                new SearchableTypes(TypeRegistry.ofClassPath().hostedBy(service), "http://localhost:8080/fhir");
        Sight nothing = new Sight(_ -> new Visibility.Nothing());

        for (SearchableType type : types.all()) {
            // When
            Fragment condition = nothing.of("r0", type.name());
            Fragment any = nothing.ofAny("r0", List.of(type.name()));

            // Then
            assertThat(condition.sql()).isEqualTo("false");
            assertThat(any.sql()).endsWith("and false");
        }
    }

    /** What an asker of one compartment may see, and of which types it was asked. */
    private static final class Sighted {
        final Set<String> asked = new HashSet<>();
        final Function<String, Visibility> visible = type -> {
            asked.add(type);
            return new Visibility.Compartment(PATIENT);
        };

        void requireConditions(SearchQuery query) {
            Sight sight = new Sight(visible);
            for (boolean rare : List.of(true, false)) {
                PageSql page = new PageSql(query, new FilterSql(sight, null, tokens(rare)), sight);
                page.parts().forEach(part -> requireConditions(part.apply(10)));
                requireConditions(page.count(10));
            }
        }

        private static CommonTokens tokens(boolean rare) {
            return new CommonTokens(null) {
                @Override
                boolean areRare(Collection<Long> anyOf) {
                    return rare;
                }
            };
        }

        /** Each head that is read, by its alias as often as it is read, has a condition with the patient's id. */
        static void requireConditions(Fragment statement) {
            List<String> heads = found(HEAD, statement.sql());
            assertThat(heads).isNotEmpty();
            assertThat(found(CONDITION, statement.sql())).containsExactlyInAnyOrderElementsOf(heads);
            assertThat(statement.values().stream().filter(PATIENT::equals)).hasSameSizeAs(heads);
        }

        private static List<String> found(Pattern pattern, String sql) {
            return pattern.matcher(sql).results().map(match -> match.group(1)).toList();
        }
    }

    private record Walk(SearchableTypes types, String type) {
        void searches(List<Map.Entry<String, String>> parameters, Set<String> touched) {
            Sighted sighted = new Sighted();
            sighted.requireConditions(SearchQuery.parse(types, type, parameters, NOW));
            assertThat(sighted.asked).isEqualTo(touched);
        }

        void includes(String name, SearchParameter reference) {
            if (!targets(types, reference).isEmpty()) {
                includes(name, reference.toString());
            }
        }

        void includes(String name, String value) {
            List<Include> includes;
            try {
                includes = SearchQuery.parse(types, type, List.of(Map.entry(name, value)), NOW)
                        .includes();
            } catch (FhirProblemException nothingRefersToIt) {
                return;
            }
            Sighted sighted = new Sighted();
            Row row =
                    new Row(new Match(type, "x", 1, NOW, PATIENT, new byte[0]), new PagePosition(new ArrayList<>(), 1));
            new IncludeSql(types, new Sight(sighted.visible))
                    .of(includes, List.of(row), new long[0], 10)
                    .ifPresent(Sighted::requireConditions);
        }
    }

    private static List<SearchParameter> references(SearchableType type) {
        return type.parameters().stream()
                .filter(parameter -> parameter.type() == ParameterType.REFERENCE)
                .toList();
    }

    private static List<String> targets(SearchableTypes types, SearchParameter reference) {
        return types.all().stream()
                .map(SearchableType::name)
                .filter(reference::canTarget)
                .filter(name -> !reference.targets().isEmpty())
                .toList();
    }
}
