package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.audit.AuditServiceTypes;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.registry.TypeRegistry;
import org.carelog.fhir.search.ParameterType;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchableType;
import org.carelog.fhir.search.SearchableTypes;
import org.junit.jupiter.api.Test;

/** The page of the search parameters is what the registry has. */
class SearchParametersTest {
    private static final String PAGE = "docs/api/search-parameters.md";
    private static final String HEAD = """
            # Search parameters

            By what each type is searched: [search](search.md) says how. The page is written from the registry; the test that finds it
            different says how to write it anew.
            """;

    @Test
    void everyParameterOfEveryTypeIsOnThePage() throws IOException {
        // Given
        Path fresh = Checkout.file("deploy/checks/target/search-parameters.md");

        // When
        Files.writeString(Files.createDirectories(fresh.getParent()).resolve(fresh.getFileName()), page());

        // Then
        assertThat(Checkout.file(PAGE))
                .as("to write it anew: cp %s %s", Checkout.name(fresh), PAGE)
                .hasSameTextualContentAs(fresh);
    }

    private static String page() {
        List<SearchableType> types = types();
        Set<String> common = new LinkedHashSet<>(names(types.getFirst()));
        types.forEach(type -> common.retainAll(names(type)));
        StringBuilder page = new StringBuilder(HEAD);
        page.append("\nEvery type: ")
                .append(common.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")))
                .append(".\n");
        for (SearchableType type : types) {
            page.append("\n## ").append(type.name()).append("\n\n");
            byKind(type, common)
                    .forEach((kind, parameters) -> page.append("- %s: %s\n"
                            .formatted(kind.name().toLowerCase(Locale.ROOT), String.join(", ", parameters))));
        }
        return page.toString();
    }

    /** As their owners serve them: a copy is searched by the same parameters. */
    private static List<SearchableType> types() {
        Map<String, SearchableType> types = new TreeMap<>();
        Stream.of(
                        TypeRegistry.ofClassPath().hostedBy("patient-service"),
                        TypeRegistry.ofClassPath().hostedBy("encounter-service"),
                        new AuditServiceTypes().types())
                .map((HostedTypes hosted) -> new SearchableTypes(hosted, "http://localhost:8080/fhir"))
                .forEach(hosted -> hosted.all().forEach(type -> types.put(type.name(), type)));
        return new ArrayList<>(types.values());
    }

    private static List<String> names(SearchableType type) {
        return type.parameters().stream().map(SearchParameter::name).toList();
    }

    private static Map<ParameterType, List<String>> byKind(SearchableType type, Set<String> common) {
        return type.parameters().stream()
                .filter(parameter -> !common.contains(parameter.name()))
                .sorted(Comparator.comparing(SearchParameter::name))
                .collect(Collectors.groupingBy(
                        SearchParameter::type,
                        TreeMap::new,
                        Collectors.mapping(SearchParametersTest::told, Collectors.toList())));
    }

    private static String told(SearchParameter parameter) {
        return "`%s`%s"
                .formatted(
                        parameter.name(),
                        parameter.targets().isEmpty() ? "" : " (" + String.join(", ", parameter.targets()) + ")");
    }
}
