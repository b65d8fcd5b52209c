package org.carelog.records.index;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.carelog.access.Visibility;
import org.carelog.events.Change;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.LocalReference;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchScope;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.records.store.KeyedVersion;
import org.carelog.records.store.ResourceWriter;
import org.carelog.records.store.StoredVersion;
import org.carelog.sql.Batch;
import org.carelog.sql.Sql;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.TestDatabase;

/** A store with its search index on a real PostgreSQL, as a service has it, without the container. */
final class SearchFixture {

    private static final int MOST_PAGES = 500;
    private static final Instant BEGINNING = Instant.parse("2026-11-24T08:00:00Z");

    private final SearchableTypes types = new SearchableTypes(
            new HostedTypes(List.of(
                    type("Patient", "identifier", "name", "family", "given", "birthdate", "gender"),
                    type("Encounter", "status", "class", "date"),
                    type("Observation", "value-quantity"))),
            "http://localhost:8080/fhir");
    private final TestDatabase database;
    private final ResourceWriter writer;
    private final SearchIndex index;
    private final ResourceSearch search;
    private int written;

    SearchFixture() {
        this(Duration.ofMinutes(1));
    }

    SearchFixture(Duration timeBudget) {
        database = RealPlatform.database("db/records", "db/index");
        Sql sql = new Sql(pool(database));
        writer = new ResourceWriter(sql);
        ReadyParameters ready = new ReadyParameters(sql);
        ready.tell(Map.of());
        index = new SearchIndex(types, new MetaLabels(sql), new TokenTexts(sql), ready);
        SearchSettings settings = new Settings(timeBudget, 300_000, 500);
        search = new ResourceSearch(sql, types, settings, new PageTokens(settings), ready, new CommonTokens(sql));
    }

    private record Settings(Duration timeBudget, long mostCounted, int reindexRate) implements SearchSettings {
        @Override
        public String pageKey() {
            return Base64.getEncoder().encodeToString(new byte[32]);
        }
    }

    private static HostedType type(String name, String... parameters) {
        return new HostedType(
                name,
                HostedType.Hosting.OWNED,
                HostedType.Domain.CARE,
                new Compartment.Outside(),
                List.of(parameters),
                List.of());
    }

    private static AgroalDataSource pool(TestDatabase database) {
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(pool -> pool.maxSize(2)
                            .connectionFactoryConfiguration(connection -> connection
                                    .jdbcUrl(database.jdbcUrl())
                                    .principal(new NamePrincipal(database.runtimeUser()))
                                    .credential(new SimplePassword(database.runtimePassword())))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes version 1, each three milliseconds after the one before in groups of three, and gives its time. */
    Instant write(String type, String id, String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        // times that are shared: an order by them alone decides nothing
        Instant at = BEGINNING.plusMillis(written++ / 3);
        StoredVersion version = new StoredVersion(type, id, 1, Change.CREATED, at, null, content);
        long key = writer.create(List.of(version), false).get(new LocalReference(type, id));
        Batch batch = writer.batch();
        writer.addToHistory(batch, List.of(new KeyedVersion(key, version)));
        index.add(batch, List.of(new SearchIndex.Indexed(key, FhirJson.parseStored(content))));
        batch.run();
        return at;
    }

    /** The ids page by page: to the last one by the next of each, and back to the first by the previous of each. */
    record ThereAndBack(List<List<String>> there, List<List<String>> back) {}

    ThereAndBack walkThereAndBack(String type, List<Map.Entry<String, String>> parameters) {
        ThereAndBack walk = new ThereAndBack(new ArrayList<>(), new ArrayList<>());
        SearchPage page = page(SearchQuery.parse(types, type, parameters, BEGINNING));
        walk.there().add(ids(page));
        while (page.next().isPresent()) {
            page = page(search.resume(page.next().get(), SearchScope.ofType(type), "asker"));
            walk.there().add(ids(page));
        }
        walk.back().addFirst(ids(page));
        while (page.previous().isPresent()) {
            page = page(search.resume(page.previous().get(), SearchScope.ofType(type), "asker"));
            walk.back().addFirst(ids(page));
        }
        return walk;
    }

    private SearchPage page(SearchQuery query) {
        return search.find(query, _ -> new Visibility.Everything(), "asker");
    }

    private static List<String> ids(SearchPage page) {
        return page.matches().stream().map(Match::id).toList();
    }

    /** The ids of all matches, page after page, of a walk that ends; between pages something may happen. */
    List<String> walk(String type, List<Map.Entry<String, String>> parameters, Runnable betweenPages) {
        List<String> ids = new ArrayList<>();
        SearchQuery query = SearchQuery.parse(types, type, parameters, BEGINNING);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            SearchPage page = page(query);
            ids.addAll(ids(page));
            if (page.next().isEmpty()) {
                return ids;
            }
            betweenPages.run();
            query = search.resume(page.next().get(), SearchScope.ofType(type), "asker");
        }
        throw new AssertionError("the walk does not end");
    }
}
