package org.carelog.bench;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.carelog.bench.record.Part;
import org.carelog.bench.record.Patients;
import org.carelog.bench.record.Person;

/**
 * The requests of the scenarios. Patients have numbers, and those of a run are none of an earlier one's, so nothing that is
 * written was there before. Thread-safe, but for what {@link #bundles} gives.
 */
final class Records {

    private final Patients patients;
    private final List<Person> people;
    private final List<List<Part>> records;
    private final long first;
    private final long count;
    private final AtomicLong filled = new AtomicLong();
    private final AtomicLong next;

    /**
     * @param patients by whom the patients are modelled
     * @param count how many patients are read and updated
     * @param people of a population that is loaded
     * @param records of that population
     */
    Records(Patients patients, long count, List<Person> people, List<List<Part>> records) {
        this.patients = patients;
        this.count = count;
        this.people = people;
        this.records = records;
        this.first = firstNumber();
        this.next = new AtomicLong(first + count);
    }

    /** Of those of a run that begins now. */
    static long firstNumber() {
        return Instant.now().getEpochSecond() * 100_000;
    }

    /** Writes the patients that {@link #read} and {@link #update} are about; ends with the last of them. */
    Optional<Request> fill() {
        long number = filled.getAndIncrement();
        return number < count ? Optional.of(put(first + number, 0, 201)) : Optional.empty();
    }

    Request read() {
        return Request.get("/Patient/" + patients.id(any()));
    }

    Request create() {
        return new Request("POST", "/Patient", patients.json(next.getAndIncrement(), 0), 201, 1);
    }

    /** With another phone number than it had. */
    Request update() {
        return put(any(), next.getAndIncrement(), 200);
    }

    /** The first page of everything about one of the population. */
    Request everything() {
        return Request.get("/Patient/" + personOfThePopulation().id() + "/$everything");
    }

    /** Any of those that {@link #fill} wrote. */
    Person patient() {
        return patients.person(any());
    }

    Person personOfThePopulation() {
        return people.get(ThreadLocalRandom.current().nextInt(people.size()));
    }

    /** For one client: the record of a person that is new, part by part, then that of another. */
    Supplier<Request> bundles() {
        return new Supplier<>() {
            private long person;
            private Iterator<Part> parts = List.<Part>of().iterator();

            @Override
            public Request get() {
                if (!parts.hasNext()) {
                    person = next.getAndIncrement();
                    parts = records.get((int) (person % records.size())).iterator();
                }
                return Request.transaction(parts.next(), person);
            }
        };
    }

    private long any() {
        return first + ThreadLocalRandom.current().nextLong(count);
    }

    private Request put(long number, long revision, int expected) {
        return new Request("PUT", "/Patient/" + patients.id(number), patients.json(number, revision), expected, 1);
    }
}
