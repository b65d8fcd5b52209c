package org.carelog.encounter.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.carelog.testing.ServiceResource;
import org.carelog.testing.ServiceUnderTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs/api/search.md, held against an oracle: searches of every type, in every form of every parameter, over a population
 * of Synthea's and corner cases. How many, and which, the properties {@code carelog.oracle.queries} and
 * {@code carelog.oracle.seed} say.
 */
@QuarkusTest
@WithTestResource(value = ServiceResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class SearchOracleTest {
    private static final int QUERIES = Integer.getInteger("carelog.oracle.queries", 6000);
    private static final long SEED = Long.getLong("carelog.oracle.seed", 20261128);
    private static final int CLIENTS = 4;
    private static final int GENERATED_SIZE = 1000;
    private static final int MOST_TOLD = 20;

    private static Service service;
    private static Oracle oracle;

    @TestHTTPResource("/fhir")
    URI base;

    @BeforeEach
    void aPopulation() {
        if (oracle == null) {
            service = new Service(base);
            List<JsonNode> current = new ArrayList<>(Records.in("/oracle/population.ndjson"));
            current.addAll(Records.in("/oracle/corner-cases.ndjson"));
            Population population = new Loading(service).load(Records.in("/oracle/former.ndjson"), current);
            // what is rare by the statistics is looked up in another way than what is common
            ServiceUnderTest.asOwner("analyze resource_token");
            oracle = new Oracle(new Definitions(types()), population);
        }
    }

    /** All that the service says it can search. */
    private static Set<String> types() {
        Set<String> types = new TreeSet<>();
        for (JsonNode resource : metadata()) {
            types.add(resource.path("type").asText());
        }
        return types;
    }

    private static JsonNode metadata() {
        return service.get("metadata").body().at("/rest/0/resource");
    }

    @Test
    void eachParameterThatR4DefinesIsServed() {
        // Given
        Set<String> defined = new TreeSet<>();
        oracle.definitions()
                .types()
                .forEach(type -> oracle.definitions().of(type).forEach(parameter -> defined.add(parameter.toString())));

        // When
        Set<String> served = new TreeSet<>();
        for (JsonNode resource : metadata()) {
            resource.path("searchParam")
                    .forEach(parameter -> served.add(resource.path("type").asText() + ":"
                            + parameter.path("name").asText()));
        }

        // Then
        served.removeIf(name -> name.matches(".*:(_list|_text|_content)"));
        assertThat(served).isEqualTo(defined);
    }

    @Test
    void whatIsFoundIsWhatTheOracleFinds() {
        List<String> differences = new ArrayList<>();
        JqwikSession.run(() -> {
            // Given
            List<Shrinkable<Query>> queries = generated();

            // When
            List<Shrinkable<Query>> failed = failed(queries);

            // Then
            failed.stream().limit(MOST_TOLD).map(SearchOracleTest::smallest).forEach(differences::add);
            assertThat(differences)
                    .as("%d of %d searches differ, seed %d", failed.size(), queries.size(), SEED)
                    .isEmpty();
        });
    }

    /** Each form of each parameter once at least. */
    private static List<Shrinkable<Query>> generated() {
        Queries all = new Queries(oracle);
        List<RandomGenerator<Query>> forms = oracle.definitions().types().stream()
                .flatMap(type -> Stream.concat(all.of(type).stream(), all.ofSeveral(type).stream()))
                .map(query -> query.generator(GENERATED_SIZE))
                .toList();
        Random random = new Random(SEED);
        List<Shrinkable<Query>> queries = new ArrayList<>();
        for (int i = 0; i < Math.max(QUERIES, forms.size()); i++) {
            queries.add(forms.get(i % forms.size()).next(random));
        }
        return queries;
    }

    private static List<Shrinkable<Query>> failed(List<Shrinkable<Query>> queries) throws InterruptedException {
        Comparison comparison = new Comparison(oracle, service);
        Map<Shrinkable<Query>, Future<Optional<String>>> differences = new LinkedHashMap<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Shrinkable<Query> query : queries) {
                // made here: jqwik's session is this thread's
                Query value = query.value();
                differences.put(query, clients.submit(() -> comparison.difference(value)));
            }
        }
        return queries.stream()
                .filter(query -> differences.get(query).resultNow().isPresent())
                .toList();
    }

    private static String smallest(Shrinkable<Query> failed) {
        Comparison comparison = new Comparison(oracle, service);
        Query smallest =
                Smallest.of(failed, query -> comparison.difference(query).isPresent());
        return "%s%n    %s".formatted(smallest, comparison.difference(smallest).orElse("not any more"));
    }

    @Test
    void whatIsWrittenIsFoundByTheNextSearchAndWhatIsDeletedIsNot() {
        for (JsonNode resource : Records.in("/oracle/population.ndjson")) {
            if (!Loading.isForeign(resource)) {
                // Given
                String code = UUID.randomUUID().toString();
                ObjectNode copy = resource.deepCopy();
                copy.withObject("meta").withArray("tag").addObject().put("code", code);
                String search =
                        "%s?_tag=%s".formatted(resource.path("resourceType").asText(), code);

                // When
                String created = Service.nameOf(service.post(copy).body());
                List<Service.Page> found = service.pages(search);
                service.delete(created);
                List<Service.Page> foundAfterwards = service.pages(search);

                // Then
                assertThat(found).flatExtracting(Service.Page::matches).containsExactly(created);
                assertThat(foundAfterwards)
                        .flatExtracting(Service.Page::matches)
                        .isEmpty();
            }
        }
    }
}
