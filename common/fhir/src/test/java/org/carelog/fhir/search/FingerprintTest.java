package org.carelog.fhir.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.definition.SearchParameterDefinition;
import org.carelog.fhir.registry.TypeRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {
    private static final String BASE = "http://localhost:8080/fhir";
    private static final HostedTypes HOSTED = TypeRegistry.ofClassPath().hostedBy("encounter-service");

    private static Map<String, Map<String, String>> fingerprints(HostedTypes types, String base) {
        return Fingerprint.of(new SearchableTypes(types, base));
    }

    @Test
    void theyAreTheSameWithEachStart() {
        assertThat(fingerprints(HOSTED, BASE)).isEqualTo(fingerprints(HOSTED, BASE));
    }

    @Test
    void allParametersThatAreIndexedHaveOne() {
        // When
        Map<String, String> ofEncounter = fingerprints(HOSTED, BASE).get("Encounter");

        // Then
        assertThat(ofEncounter)
                .containsKeys("date", "subject", "patient", "discharge-disposition", "_profile")
                .doesNotContainKeys("_id", "_lastUpdated");
    }

    @ParameterizedTest
    @CsvSource({
        "code, true",
        "combo-code, true",
        "code-value-quantity, true",
        "category, false",
        "component-code, false"
    })
    void whatHasItsValuesByADefinitionThatChangedHasAnother(String name, boolean changes) {
        // Given
        SearchableType type = new SearchableTypes(HOSTED, BASE).require("Observation");
        SearchParameter parameter = type.parameter(name).orElseThrow();

        // When
        String after = new Fingerprint(type, FingerprintTest::withAnotherCode, BASE).of(parameter);

        // Then
        assertThat(!after.equals(type.fingerprints(BASE).get(name))).isEqualTo(changes);
    }

    private static SearchParameterDefinition withAnotherCode(SearchParameter parameter) {
        SearchParameterDefinition is = parameter.definition();
        return new SearchParameterDefinition(
                is.name(),
                is.type(),
                parameter.name().equals("code") ? "Observation.code | Observation.method" : is.path(),
                is.targets(),
                is.compartments(),
                is.uri(),
                is.components());
    }

    @Test
    void anotherBaseIsAnotherForReferences() {
        // Given
        Map<String, String> before = fingerprints(HOSTED, BASE).get("Encounter");

        // When
        Map<String, String> after =
                fingerprints(HOSTED, "https://fhir.example.org/fhir").get("Encounter");

        // Then
        assertThat(after.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .contains("subject", "patient", "service-provider")
                .doesNotContain("date", "status", "identifier");
    }

    /** {@code patient} stands with {@code subject} in the index, and has its own rows where that is not searched by. */
    @Test
    void whereTheValuesStandCountsToo() {
        // Given
        HostedTypes alone = HOSTED.with("Encounter", type -> type.searchedBy("patient"));

        // When, Then
        assertThat(fingerprints(alone, BASE).get("Encounter").get("patient"))
                .isNotEqualTo(fingerprints(HOSTED, BASE).get("Encounter").get("patient"));
    }
}
