package org.carelog.bench;

import java.util.Locale;
import java.util.function.Function;
import org.carelog.bench.record.Person;

/** Searches as clinical apps send them, about one person each. */
enum Search {
    IDENTIFIER("Patient?identifier=", person -> "/Patient?identifier=" + identifier(person)),
    NAME(
            "Patient?family=&birthdate=",
            person -> "/Patient?family=%s&birthdate=%s".formatted(person.family(), person.birthDate())),
    ENCOUNTERS("Encounter?patient=&_sort=-date&_count=20", Search::encounters),
    CHAIN(
            "Encounter?patient.identifier=&_sort=-date&_count=20, over to the other service",
            person -> "/Encounter?patient.identifier=%s&_sort=-date&_count=20".formatted(identifier(person))),
    INCLUDE(
            "the same of a patient, with _include=Encounter:patient",
            person -> encounters(person) + "&_include=Encounter:patient"),
    REVINCLUDE(
            "the same of a patient, with _revinclude=Condition:encounter",
            person -> encounters(person) + "&_revinclude=Condition:encounter"),
    TOTAL(
            "Encounter?status=finished&_total=accurate&_count=1",
            _ -> "/Encounter?status=finished&_total=accurate&_count=1");

    private final String words;
    private final Function<Person, String> path;

    Search(String words, Function<Person, String> path) {
        this.words = "GET " + words;
        this.path = path;
    }

    String words() {
        return words;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Request about(Person person) {
        return Request.get(path.apply(person));
    }

    private static String encounters(Person person) {
        return "/Encounter?patient=%s&_sort=-date&_count=20".formatted(person.id());
    }

    /** Synthea's own, in which the id occurs, so that each person has another. */
    private static String identifier(Person person) {
        return "https://github.com/synthetichealth/synthea%7C" + person.id();
    }
}
