package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.carelog.gateway.BundleSlices.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleSlicesTest {
    private static final Upstream PATIENTS =
            new Upstream("patient-service", List.of(new Upstream.Replica("127.0.0.1", 1, 2)));
    private static final Upstream ENCOUNTERS =
            new Upstream("encounter-service", List.of(new Upstream.Replica("127.0.0.1", 3, 4)));
    private static final String ADA =
            "{ \"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Ødegård }\"}]},\"request\":{\"method\":\"POST\",\"url\":\"Patient\"}}";
    private static final String VISIT =
            "{\"request\" : {\"url\":\"/Encounter?status=planned\",\"method\":\"GET\"}, \"fullUrl\":\"urn:x\"}";

    @Test
    void entriesStayAsTheyCame() throws IOException {
        // When
        BundleSlices bundle =
                slices("{\"type\":\"batch\",\"entry\":[%s , %s],\"resourceType\":\"Bundle\"}".formatted(ADA, VISIT));

        // Then
        assertThat(bundle.type()).isEqualTo("batch");
        assertThat(bundle.entries().stream().map(BundleSlicesTest::text)).containsExactly(ADA, VISIT);
        assertThat(bundle.entries().stream().map(Slice::resourceType)).containsExactly("Patient", "Encounter");
    }

    @Test
    void whatIsPutTogetherIsCutTheSame() throws IOException {
        // Given
        byte[] together = BundleFormat.JSON.together("batch", List.of(bytes(ADA), bytes(VISIT)));

        // When, Then
        assertThat(BundleSlices.of(together).entries().stream().map(BundleSlicesTest::text))
                .containsExactly(ADA, VISIT);
        assertThat(BundleSlices.of(BundleFormat.JSON.together("batch", List.of()))
                        .entries())
                .isEmpty();
    }

    /** A service is to refuse it, and not to get a part that is none of its faults. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"entry\":[",
                "{\"entry\":[]} x",
                "{\"entry\":[]}{}",
                "{\"type\":\"batch\",\"type\":\"transaction\"}",
                "{\"entry\":[{\"request\":{\"url\":\"Patient\",\"url\":\"Encounter\"}}]}",
                "{\"entry\":[{\"resource\":{\"id\":\"a\",\"id\":\"b\"}}]}"
            })
    void whatIsNotOneObjectWithEachNameOnceIsNoBundle(String json) {
        assertThatThrownBy(() -> slices(json)).isInstanceOf(IOException.class);
    }

    @Test
    void anotherEncodingThanUtf8IsNoBundle() {
        // Given
        byte[] bundle = "{\"type\":\"batch\",\"entry\":[%s]}".formatted(ADA).getBytes(StandardCharsets.UTF_16LE);

        // When, Then
        assertThatThrownBy(() -> BundleSlices.of(bundle)).isInstanceOf(IOException.class);
    }

    @Test
    void aBatchIsSplitByOwner() throws IOException {
        // When
        List<BundleRoutes.Part> parts = routes("batch", VISIT, ADA, VISIT);

        // Then
        assertThat(parts)
                .containsExactly(
                        new BundleRoutes.Part(ENCOUNTERS, List.of(0, 2)), new BundleRoutes.Part(PATIENTS, List.of(1)));
    }

    @Test
    void everythingInABatchBeginsWhereItBeginsAlone() throws IOException {
        // When
        List<BundleRoutes.Part> parts =
                routes("batch", "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/1/$everything?_count=5\"}}", ADA);

        // Then
        assertThat(parts)
                .containsExactly(
                        new BundleRoutes.Part(ENCOUNTERS, List.of(0)), new BundleRoutes.Part(PATIENTS, List.of(1)));
    }

    @ParameterizedTest
    @CsvSource({
        "POST Encounter; POST Patient, encounter-service",
        "POST Patient; POST Encounter, patient-service",
        "GET Patient/1; PUT Encounter/1, encounter-service",
        "HEAD Patient/1; DELETE Encounter/1, encounter-service",
        "POST Provenance; POST Encounter, encounter-service",
        "GET Encounter/1; POST Provenance, patient-service",
        "GET Encounter/1; GET Patient/1, encounter-service"
    })
    void aTransactionGoesWholeToTheOwnerOfWhatItWrites(String requests, String owner) throws IOException {
        // Given
        String[] entries = Stream.of(requests.split("; "))
                .map(request -> request.split(" "))
                .map("{\"request\":{\"method\":\"%s\",\"url\":\"%s\"}}"::formatted)
                .toArray(String[]::new);

        // When
        List<BundleRoutes.Part> parts = routes("transaction", entries);

        // Then
        assertThat(parts).singleElement().satisfies(part -> {
            assertThat(part.upstream().name()).isEqualTo(owner);
            assertThat(part.indexes()).containsExactly(0, 1);
        });
    }

    @Test
    void aBundleWithoutEntriesGoesToWhoAnswersWhatIsNobodys() throws IOException {
        assertThat(routes("batch")).containsExactly(new BundleRoutes.Part(PATIENTS, List.of()));
    }

    private static List<BundleRoutes.Part> routes(String type, String... entries) throws IOException {
        List<byte[]> all =
                List.of(entries).stream().map(BundleSlicesTest::bytes).toList();
        return new BundleRoutes(
                        destination -> destination instanceof Destination.Everything
                                        || destination.equals(new Destination.OfType("Encounter"))
                                        || destination.equals(new Destination.OfType("Encounter", "1"))
                                ? ENCOUNTERS
                                : PATIENTS,
                        "Provenance"::equals)
                .of(BundleSlices.of(BundleFormat.JSON.together(type, all)));
    }

    private static BundleSlices slices(String json) throws IOException {
        return BundleSlices.of(bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Slice slice) {
        return new String(slice.bytes(), StandardCharsets.UTF_8);
    }
}
