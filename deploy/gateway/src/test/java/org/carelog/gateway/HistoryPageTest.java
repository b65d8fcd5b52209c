package org.carelog.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Walks through the histories of services in the test, which page as services do. */
class HistoryPageTest {
    private static final String ADDRESS = "http://localhost/fhir/_history?_count=%d";

    private record Version(int service, long micros, long key, long number) {
        String place() {
            return "%d-%d-%d".formatted(micros, key, number);
        }

        boolean isBehind(long[] place) {
            return Arrays.compare(new long[] {micros, key, number}, place) < 0;
        }
    }

    @Test
    void aWalkTellsEachVersionOnceNewestFirst() throws IOException {
        for (int seed = 0; seed < 300; seed++) {
            // Given
            Random random = new Random(seed);
            int count = 1 + random.nextInt(7);
            List<Version> versions = versions(random);

            // When
            List<String> told = walk(versions, count);

            // Then
            assertThat(told)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(versions.stream()
                            .sorted(Comparator.comparing(Version::micros)
                                    .reversed()
                                    .thenComparing(Version::service)
                                    .thenComparing(Comparator.comparing(Version::key)
                                            .thenComparing(Version::number)
                                            .reversed()))
                            .map(HistoryPageTest::told)
                            .toList());
        }
    }

    @Test
    void linksKeepWhatElseWasAsked() throws IOException {
        // Given
        byte[] page = BundleSlices.together(
                "history",
                OptionalLong.empty(),
                Map.of("self", "http://localhost/fhir/_history?_count=1&_page=9-9-9&_pretty=true", "next", "there"),
                List.of("{\"id\":\"7-5-1\"}".getBytes(StandardCharsets.UTF_8)));

        // When
        byte[] merged = HistoryPage.of(BundleFormat.JSON, List.of(page), HistoryPlace.of("0.9-9-9"));

        // Then
        assertThat(BundleSlices.of(merged).links())
                .containsEntry("self", "http://localhost/fhir/_history?_count=1&_pretty=true&_page=0.9-9-9")
                .containsEntry("next", "http://localhost/fhir/_history?_count=1&_pretty=true&_page=0.7-5-1");
    }

    @Test
    void whatIsNoHistoryIsNotMerged() {
        // When, Then
        assertThatThrownBy(() -> HistoryPage.of(
                        BundleFormat.JSON, List.of("{}".getBytes(StandardCharsets.UTF_8)), Optional.empty()))
                .isInstanceOf(IOException.class);
    }

    private static List<Version> versions(Random random) {
        List<Version> versions = new ArrayList<>();
        int all = random.nextInt(40);
        for (int i = 0; i < all; i++) {
            // few times, so that many are of the same microsecond
            versions.add(new Version(random.nextInt(3), 1 + random.nextInt(6), i + 1, 1 + random.nextInt(3)));
        }
        return versions;
    }

    private static List<String> walk(List<Version> versions, int count) throws IOException {
        List<String> told = new ArrayList<>();
        Optional<HistoryPlace> from = Optional.empty();
        for (boolean more = true; more; ) {
            List<byte[]> pages = new ArrayList<>();
            for (int service = 0; service < 3; service++) {
                pages.add(page(service, versions, count, from));
            }
            BundleSlices merged = BundleSlices.of(HistoryPage.of(BundleFormat.JSON, pages, from));
            assertThat(merged.entries()).hasSizeLessThanOrEqualTo(count);
            merged.entries().forEach(entry -> told.add(new String(entry.bytes(), StandardCharsets.UTF_8)));
            String next = merged.links().get("next");
            more = next != null;
            from = more ? HistoryPlace.of(next.substring(next.indexOf("_page=") + 6)) : Optional.empty();
            assertThat(from.isPresent()).isEqualTo(more);
        }
        return told;
    }

    private static byte[] page(int service, List<Version> versions, int count, Optional<HistoryPlace> from) {
        long[] place = from.map(one -> one.in(service))
                .map(own ->
                        Arrays.stream(own.split("-")).mapToLong(Long::parseLong).toArray())
                .orElse(new long[] {Long.MAX_VALUE});
        List<Version> own = versions.stream()
                .filter(version -> version.service() == service && version.isBehind(place))
                .sorted(Comparator.comparing(Version::micros)
                        .thenComparing(Version::key)
                        .thenComparing(Version::number)
                        .reversed())
                .toList();
        Map<String, String> links = new LinkedHashMap<>(Map.of("self", ADDRESS.formatted(count)));
        if (own.size() > count) {
            links.put("next", "further");
        }
        return BundleSlices.together(
                "history",
                OptionalLong.empty(),
                links,
                own.stream()
                        .limit(count)
                        .map(version -> told(version).getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    private static String told(Version version) {
        return "{\"id\":\"%s\",\"fullUrl\":\"of service %d\"}".formatted(version.place(), version.service());
    }
}
