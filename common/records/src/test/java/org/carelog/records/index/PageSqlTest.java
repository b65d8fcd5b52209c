package org.carelog.records.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the order and the size of the pages: they give every match once, in the order that the sort says. */
class PageSqlTest {

    private static final SearchFixture FIXTURE = new SearchFixture();
    private static final List<String> PARAMETERS =
            List.of("_id", "_lastUpdated", "family", "given", "birthdate", "gender", "name", "identifier");
    /** Those that stand before any page is asked for, in the order of their creation. */
    private static final List<Someone> STANDING = new ArrayList<>();

    private static final Random RANDOM = new Random(4711);

    static {
        for (int i = 0; i < 60; i++) {
            STANDING.add(write());
        }
    }

    /** A patient as a plain list of values for each parameter; they compare as text, those of dates by their start. */
    private record Someone(String id, Map<String, List<String>> values) {}

    @ParameterizedTest
    @MethodSource("sortsAndSizes")
    void pagesGiveEveryMatchOnceInOrder(List<String> sort, int count) {
        // When
        List<String> seen = FIXTURE.walk("Patient", parameters(sort, count), () -> {});

        // Then
        List<String> standing = inOrder(sort);
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(onlyStanding(seen)).containsExactlyElementsOf(standing);
    }

    @ParameterizedTest
    @MethodSource("sortsAndSizes")
    void thePagesBackAreThoseThere(List<String> sort, int count) {
        // When
        SearchFixture.ThereAndBack walk = FIXTURE.walkThereAndBack("Patient", parameters(sort, count));

        // Then
        assertThat(walk.back()).isEqualTo(walk.there());
    }

    @ParameterizedTest
    @MethodSource("someSortsAndSizes")
    void whoeverStandsIsGivenOnceInOrderWhileOthersComeIn(List<String> sort, int count) {
        // When
        List<String> seen = FIXTURE.walk("Patient", parameters(sort, count), new Newcomers(5));

        // Then
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(onlyStanding(seen)).containsExactlyElementsOf(inOrder(sort));
    }

    static Stream<Arguments> sortsAndSizes() {
        return randomSorts(new Random(1), 60);
    }

    static Stream<Arguments> someSortsAndSizes() {
        return randomSorts(new Random(2), 20);
    }

    /** Up to four parameters, each up or down, and pages of any size. */
    private static Stream<Arguments> randomSorts(Random random, int cases) {
        return Stream.generate(() -> {
                    List<String> names = new ArrayList<>(PARAMETERS);
                    Collections.shuffle(names, random);
                    List<String> sort = names.subList(0, random.nextInt(5)).stream()
                            .map(name -> (random.nextBoolean() ? "-" : "") + name)
                            .toList();
                    return Arguments.of(sort, random.nextInt(1, 18));
                })
                .limit(cases);
    }

    /** Somebody new after each of the first pages. */
    private static final class Newcomers implements Runnable {
        private int left;

        Newcomers(int most) {
            left = most;
        }

        @Override
        public void run() {
            if (left-- > 0) {
                write();
            }
        }
    }

    private static List<Map.Entry<String, String>> parameters(List<String> sort, int count) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        parameters.add(Map.entry("_count", Integer.toString(count)));
        if (!sort.isEmpty()) {
            parameters.add(Map.entry("_sort", String.join(",", sort)));
        }
        return parameters;
    }

    private static List<String> onlyStanding(List<String> seen) {
        Set<String> ids = new HashSet<>(STANDING.stream().map(Someone::id).toList());
        return seen.stream().filter(ids::contains).toList();
    }

    /** The order as R4 describes it: ascending by the least value, descending by the greatest, without one at the end. */
    private static List<String> inOrder(List<String> sort) {
        Comparator<Someone> order = (a, b) -> 0;
        for (String key : sort) {
            boolean descending = key.startsWith("-");
            String name = descending ? key.substring(1) : key;
            Comparator<String> values = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
            Function<Someone, String> first =
                    someone -> someone.values().get(name).stream().min(values).orElse(null);
            order = order.thenComparing(first, Comparator.nullsLast(values));
        }
        // a stable sort: the rest is by creation
        return STANDING.stream().sorted(order).map(Someone::id).toList();
    }

    /** Few different values, so that many are the same, and some have none. */
    private static Someone write() {
        String id = new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString();
        List<String> families = some("adler", "berg", "Čapek", "d'Arc", "ÄRZTE");
        List<String> givens = some("Ann", "bo", "Åsa", "Zoë", "张");
        List<String> births =
                RANDOM.nextInt(4) == 0 ? List.of() : one("1936", "1936-05", "1936-05-21", "1950-01-01", "2000");
        List<String> genders = RANDOM.nextInt(4) == 0 ? List.of() : one("male", "female", "other");
        List<String> identifiers = some("B-1", "a-2", "C-3");
        StringBuilder json = new StringBuilder("{\"resourceType\":\"Patient\",\"id\":\"" + id + "\"");
        if (!identifiers.isEmpty()) {
            json.append(",\"identifier\":[")
                    .append(String.join(
                            ",",
                            identifiers.stream()
                                    .map(value -> "{\"value\":\"" + value + "\"}")
                                    .toList()))
                    .append("]");
        }
        if (!families.isEmpty() || !givens.isEmpty()) {
            List<String> names = new ArrayList<>();
            families.forEach(family -> names.add("{\"family\":\"" + family + "\"}"));
            givens.forEach(given -> names.add("{\"given\":[\"" + given + "\"]}"));
            json.append(",\"name\":[").append(String.join(",", names)).append("]");
        }
        births.forEach(birth -> json.append(",\"birthDate\":\"").append(birth).append("\""));
        genders.forEach(gender -> json.append(",\"gender\":\"").append(gender).append("\""));
        Instant at = FIXTURE.write("Patient", id, json.append("}").toString());
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("_id", List.of(id));
        values.put("_lastUpdated", List.of(Long.toString(at.toEpochMilli())));
        values.put("family", plain(families));
        values.put("given", plain(givens));
        List<String> both = new ArrayList<>(plain(families));
        both.addAll(plain(givens));
        values.put("name", both);
        values.put(
                "birthdate",
                births.stream()
                        .map(birth -> (birth + "-01-01").substring(0, 10))
                        .toList());
        values.put("gender", genders);
        values.put("identifier", identifiers.stream().map(String::toLowerCase).toList());
        return new Someone(id, values);
    }

    private static List<String> plain(List<String> names) {
        Map<String, String> plain =
                Map.of("Čapek", "capek", "d'Arc", "darc", "ÄRZTE", "arzte", "Åsa", "asa", "Zoë", "zoe", "Ann", "ann");
        return names.stream().map(name -> plain.getOrDefault(name, name)).toList();
    }

    private static List<String> some(String... of) {
        List<String> chosen = new ArrayList<>();
        for (String one : of) {
            if (RANDOM.nextInt(4) == 0) {
                chosen.add(one);
            }
        }
        return chosen;
    }

    private static List<String> one(String... of) {
        return List.of(of[RANDOM.nextInt(of.length)]);
    }
}
