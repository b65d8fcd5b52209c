package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.carelog.gateway.BundleSlices.Slice;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatIsNoObjectIsNoBundle() {
        assertThatThrownBy(() -> slices("[]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> slices("{\"entry\":[")).isInstanceOf(IOException.class);
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
    void aTransactionGoesWholeToTheOwnerOfItsFirstEntry() throws IOException {
        assertThat(routes("transaction", VISIT, ADA)).containsExactly(new BundleRoutes.Part(ENCOUNTERS, List.of(0, 1)));
    }

    @Test
    void aBundleWithoutEntriesGoesToWhoAnswersWhatIsNobodys() throws IOException {
        assertThat(routes("batch")).containsExactly(new BundleRoutes.Part(PATIENTS, List.of()));
    }

    private static List<BundleRoutes.Part> routes(String type, String... entries) throws IOException {
        List<byte[]> all =
                List.of(entries).stream().map(BundleSlicesTest::bytes).toList();
        return BundleRoutes.of(
                BundleSlices.of(BundleFormat.JSON.together(type, all)),
                owned -> Map.of("Encounter", ENCOUNTERS).getOrDefault(owned, PATIENTS));
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
