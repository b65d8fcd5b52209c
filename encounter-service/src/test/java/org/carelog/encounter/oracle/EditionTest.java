package org.carelog.encounter.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.registry.TypeRegistry;
import org.carelog.fhir.search.SearchableTypes;
import org.junit.jupiter.api.Test;

/** docs/api/search.md: what is stored is indexed anew when it is found by other entries than before. */
class EditionTest {
    /** Of all that the population is found by. */
    private static final long ENTRIES = 432_644_984L;

    @Test
    void whoeverChangesWhatIsIndexedRaisesTheEdition() {
        // Given
        SearchableTypes types = new SearchableTypes(
                TypeRegistry.ofClassPath().hostedBy("encounter-service"), "http://localhost:8080/fhir");

        // When
        String entries = List.of("population.ndjson", "corner-cases.ndjson").stream()
                .flatMap(file -> Records.in("/oracle/" + file).stream())
                .filter(resource ->
                        types.find(resource.path("resourceType").asText()).isPresent())
                .map(resource -> json(types.entries(FhirJson.parseStored(Records.bytes(resource)))))
                .collect(Collectors.joining("\n"));

        // Then
        assertThat(crc(entries))
                .as(
                        "raise Semantics.edition of the kind of parameters that has other entries now, or change a definition: then"
                                + " the services index anew what is stored, and this is the new number")
                .isEqualTo(ENTRIES);
    }

    private static String json(Object entries) {
        try {
            return new ObjectMapper().writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
