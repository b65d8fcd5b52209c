package org.carelog.bench.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.carelog.local.load.InputResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private Crowd crowd;

    private static List<InputResource> visitor(int number) {
        String patient = "0b1f4a52-6a52-4c3e-9d5e-00000000000" + number;
        String encounter = "0b1f4a52-6a52-4c3e-9d5e-00000000010" + number;
        return List.of(
                new InputResource(
                        "Patient", patient, """
                        {"resourceType":"Patient","id":"%s","name":[{"family":"Doe"}],"birthDate":"1970-01-0%d"}""".formatted(patient, number).getBytes(UTF_8)),
                new InputResource("Encounter", encounter, """
                        {"resourceType":"Encounter","id":"%s","subject":{"reference":"Patient/%s"}}""".formatted(encounter, patient)
                        .getBytes(UTF_8)));
    }

    @BeforeEach
    void create() throws IOException {
        crowd = new Crowd(List.of(visitor(1), visitor(2)), 40);
    }

    private String written(int part, int group) {
        return new String(crowd.parts().get(part).transaction().copy(crowd.number(group), 0), UTF_8);
    }

    @Test
    void whoIsSearchedIsWhoWasWritten() {
        // When: the second group's second
        Person person = crowd.person(3);

        // Then
        assertThat(person.birthDate()).isEqualTo("1970-01-02");
        assertThat(written(0, 1)).contains("Patient/" + person.id(), person.family(), person.birthDate());
        assertThat(written(1, 1)).contains("\"subject\":{\"reference\":\"Patient/" + person.id() + "\"}");
        assertThat(written(0, 0)).doesNotContain(person.id(), person.family());
    }

    @Test
    void nobodyIsTheSameTwice() {
        // When
        var ids = List.of(
                crowd.person(0).id(),
                crowd.person(1).id(),
                crowd.person(2).id(),
                crowd.person(3).id());

        // Then
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void thereAreAsManyGroupsAsHaveThatManyPeople() {
        assertThat(crowd.groups(4)).isEqualTo(2);
        assertThat(crowd.groups(5)).isEqualTo(3);
    }
}
