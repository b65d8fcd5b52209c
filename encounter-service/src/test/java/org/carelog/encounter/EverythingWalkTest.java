package org.carelog.encounter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.carelog.encounter.PatientEvents.newId;
import static org.carelog.testing.ServiceUnderTest.as;
import static org.carelog.testing.ServiceUnderTest.owned;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carelog.testing.ServiceResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the population and the page, a walk tells the compartment, each resource once. */
@QuarkusTest
@QuarkusTestResource(ServiceResource.class)
class EverythingWalkTest {

    /** What a record says: whose it is, and what of nobody's it refers to. */
    private record Written(String reference, Set<String> patients, Set<String> directory) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aWalkIsTheCompartmentWhateverThePagesAre(long seed) {
        // Given
        Random random = new Random(seed);
        List<String> patients = ids("Patient", 3);
        patients.forEach(patient -> owned(patient, PatientEvents.json(patient.substring(8), 1, "X")));
        List<String> directory = new ArrayList<>(ids("Practitioner", 3));
        directory.addAll(ids("Organization", 2));
        List<Written> records = population(random, patients, directory);

        for (String patient : patients) {
            // When
            Set<String> expected = everything(patient, records);
            List<List<String>> walks = IntStream.rangeClosed(1, expected.size() + 1)
                    .mapToObj(count -> walk(patient, count))
                    .toList();

            // Then
            assertThat(walks)
                    .allSatisfy(walk -> assertThat(walk)
                            .doesNotHaveDuplicates()
                            .containsExactlyInAnyOrderElementsOf(expected)
                            .isEqualTo(walks.getFirst()));
        }
    }

    private static Set<String> everything(String patient, List<Written> records) {
        Set<String> everything = new HashSet<>(Set.of(patient));
        records.stream().filter(record -> record.patients().contains(patient)).forEach(record -> {
            everything.add(record.reference());
            everything.addAll(record.directory());
        });
        return everything;
    }

    private static List<String> walk(String patient, int count) {
        EverythingWalk walk = EverythingWalk.by("clinician", "%s/$everything?_count=%d".formatted(patient, count));
        assertThat(walk.pages()).allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(count));
        return walk.all();
    }

    /** Writes it in one transaction. */
    private static List<Written> population(Random random, List<String> patients, List<String> directory) {
        List<Written> records = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        directory.forEach(reference -> entries.add(put(reference, reference.startsWith("O") ? "\"name\":\"x\"" : "")));
        String visit = ids("Encounter", 1).getFirst();
        int size = random.nextInt(16);
        for (int i = 0; i < size; i++) {
            String subject = any(random, patients);
            String other = any(random, patients);
            String someone = any(random, directory.subList(0, 3));
            String somebody = any(random, directory.subList(3, 5));
            switch (random.nextInt(4)) {
                case 0 ->
                    add(records, entries, "Condition", Set.of(subject), Set.of(someone), """
                            "subject":{"reference":"%s"},"recorder":{"reference":"%s"}""".formatted(
                                    subject, someone));
                case 1 ->
                    add(records, entries, "Observation", of(subject, other), Set.of(somebody), """
                            "status":"final","code":{"text":"x"},"subject":{"reference":"%s"},"encounter":{"reference":"%s"},
                            "performer":[{"reference":"%s"},{"reference":"%s"}]""".formatted(
                                    subject, visit, somebody, other));
                case 2 ->
                    add(records, entries, "Appointment", of(subject, other), Set.of(), """
                            "status":"proposed","participant":[{"status":"accepted","actor":{"reference":"%s"}},
                            {"status":"accepted","actor":{"reference":"%s"}}]""".formatted(other, subject));
                default ->
                    add(records, entries, "Goal", Set.of(subject), of(someone, somebody), """
                            "lifecycleStatus":"active","description":{"text":"x"},"subject":{"reference":"%s"},
                            "expressedBy":{"reference":"%s"},"extension":[{"url":"http://example.org/x","valueReference":{"reference":"%s"}}]""".formatted(
                                    subject, someone, somebody));
            }
        }
        records.add(new Written(visit, Set.of(patients.getFirst()), Set.of()));
        entries.add(put(visit, """
                "status":"finished","class":{"code":"AMB"},"subject":{"reference":"%s"}""".formatted(patients.getFirst())));
        as("clinician")
                .body("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[%s]}"
                        .formatted(String.join(",", entries)))
                .post("/")
                .then()
                .statusCode(200);
        return records;
    }

    private static void add(
            List<Written> records,
            List<String> entries,
            String type,
            Set<String> patients,
            Set<String> directory,
            String members) {
        String reference = ids(type, 1).getFirst();
        records.add(new Written(reference, patients, directory));
        entries.add(put(reference, members));
    }

    private static String put(String reference, String members) {
        String[] parts = reference.split("/");
        return """
                {"request":{"method":"PUT","url":"%s"},"resource":{"resourceType":"%s","id":"%s"%s}}""".formatted(reference, parts[0], parts[1], members.isEmpty() ? "" : "," + members);
    }

    private static Set<String> of(String one, String other) {
        return Set.copyOf(List.of(one, other).stream().collect(Collectors.toSet()));
    }

    private static List<String> ids(String type, int count) {
        return IntStream.range(0, count).mapToObj(_ -> type + "/" + newId()).toList();
    }

    private static String any(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
