package org.carelog.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carelog.system.history.Content;
import org.carelog.system.history.Evidence;
import org.carelog.system.history.Findings;
import org.carelog.system.history.Journal;
import org.carelog.system.history.Reference;
import org.carelog.system.history.StoredVersion;
import org.carelog.system.observation.Observation;
import org.carelog.system.platform.Carelog;
import org.carelog.system.platform.Result;
import org.carelog.system.platform.RunningSystem;
import org.carelog.system.platform.Tokens;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Synthea wrote is on both services, in both copies, on the topics and in the audit log, and nothing more. */
@Order(4)
@ExtendWith(RunningSystem.class)
class PopulationTest {
    private static final int PEOPLE = Integer.getInteger("carelog.system.people", 5);
    /** Its people have been ill little. */
    private static final int SEED = Integer.getInteger("carelog.system.population-seed", 1);

    private static final Pattern LAST_LINE =
            Pattern.compile("loaded (\\d+) resources in \\d+\\.\\d s \\(\\d+/s\\), refused (\\d+)");

    @Test
    void aPopulationIsThereOnceHoweverOftenItIsLoaded(Carelog carelog) throws Exception {
        // Given
        FhirCounts counts = new FhirCounts(carelog, new Tokens(carelog));
        Map<String, Long> before = counts.of("Patient", "Encounter");
        // When
        long loaded = load(carelog);
        Population population = Population.in(
                carelog.root().resolve(".carelog/synthea/people-%d-seed-%d/fhir".formatted(PEOPLE, SEED)));
        long loadedAgain = load(carelog);
        Evidence evidence = Observation.of(carelog);
        Map<String, Long> after = counts.of("Patient", "Encounter");
        // Then
        assertThat(loaded).isEqualTo(population.entries(counts.hostedTypes()));
        assertThat(loadedAgain).isEqualTo(loaded);
        for (Evidence.Owned type : evidence.owned()) {
            String name = type.owner().type();
            List<Reference> written = population.all(name);
            assertThat(after.get(name) - before.get(name)).as(name).isEqualTo(written.size());
            assertStored(type, written, population);
        }
        assertThat(entriesOfTheLoader(evidence, 201, population))
                .isEqualTo(population.resources().size());
        assertThat(entriesOfTheLoader(evidence, 200, population))
                .isEqualTo(population.resources().size());
        Findings findings = evidence.consistency();
        assertThat(findings.all()).as("%s", findings).isEmpty();
    }

    private static long load(Carelog carelog) {
        Result result = carelog.run("load", "--synthea", Integer.toString(PEOPLE), "--seed", Integer.toString(SEED));
        System.out.println(result.lastLine());
        assertThat(result.exitCode()).as("%s", result).isZero();
        Matcher line = LAST_LINE.matcher(result.lastLine());
        assertThat(line.matches()).as(result.lastLine()).isTrue();
        assertThat(line.group(2)).isEqualTo("0");
        return Long.parseLong(line.group(1));
    }

    /** Each in one version, at its owner; that the copy and the topic are equal, the rules say. */
    private static void assertStored(Evidence.Owned type, List<Reference> written, Population population) {
        Map<Reference, List<StoredVersion>> versions = type.owner().versions().stream()
                .collect(Collectors.groupingBy(stored -> stored.version().resource()));
        Set<Reference> missing = new HashSet<>(written);
        missing.removeAll(versions.keySet());
        assertThat(missing).isEmpty();
        for (Reference reference : written) {
            assertThat(versions.get(reference)).as("%s", reference).hasSize(1);
            assertThat(Plain.of(
                            Content.parsed(versions.get(reference).getFirst().content())))
                    .as("%s", reference)
                    .isEqualTo(Plain.of(population.resources().get(reference)));
        }
    }

    private static long entriesOfTheLoader(Evidence evidence, int status, Population population) {
        Function<Journal, Long> count = journal -> journal.entries().stream()
                .map(entry -> Content.parsed(entry.bytes()))
                .filter(entry -> entry.at("/agent/client").asText().equals("loader"))
                .filter(entry -> entry.path("interaction").asText().equals("update"))
                .filter(entry -> entry.path("status").asInt() == status)
                .filter(entry -> population
                        .resources()
                        .containsKey(new Reference(
                                entry.path("resourceType").asText(),
                                entry.at("/entities/0/id").asText())))
                .count();
        return evidence.journals().stream().mapToLong(count::apply).sum();
    }
}
