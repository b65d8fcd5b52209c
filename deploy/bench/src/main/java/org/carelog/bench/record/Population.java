package org.carelog.bench.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.local.load.InputResource;
import org.carelog.local.load.RecordFiles;
import org.carelog.local.service.Service;

/** The files of a population that Synthea made: a directory of hospitals and practitioners, and a file for each person. */
public record Population(Path directory) {

    /** What of it is kept in memory: the records of as many people as go into this. */
    private static final long MOST_BYTES = 64L << 20;

    private static final String HOSPITALS_OR_PRACTITIONERS = "(hospital|practitioner)Information.*";

    /** The people themselves, without their records. */
    public List<InputResource> patients() throws IOException, InterruptedException {
        RecordFiles files = new RecordFiles(Set.of("Patient"));
        List<InputResource> patients = new ArrayList<>();
        for (Path person : files(false)) {
            patients.addAll(files.read(person));
        }
        return patients;
    }

    /** Each person's Patient and their first Encounters, so many. */
    public List<List<InputResource>> visitors(int encounters) throws IOException, InterruptedException {
        RecordFiles files = read(Set.of("Patient", "Encounter"));
        List<List<InputResource>> visitors = new ArrayList<>();
        for (Path person : files(false)) {
            visitors.add(files.read(person).stream().limit(1L + encounters).toList());
        }
        return visitors;
    }

    /**
     * The records of people, each in its parts.
     *
     * @param owners who owns the types that are wanted
     */
    public List<List<Part>> records(Map<String, Service> owners) throws IOException, InterruptedException {
        RecordFiles files = read(owners.keySet());
        List<List<Part>> records = new ArrayList<>();
        long bytes = 0;
        for (Path person : files(false)) {
            List<InputResource> record = files.read(person);
            bytes += record.stream()
                    .mapToLong(resource -> resource.json().length)
                    .sum();
            if (bytes > MOST_BYTES && !records.isEmpty()) {
                return records;
            }
            records.add(Parts.of(record, owners));
        }
        return records;
    }

    /** Who has read the directory, so that people's references into it are resolved. */
    private RecordFiles read(Set<String> types) throws IOException, InterruptedException {
        RecordFiles files = new RecordFiles(types);
        for (Path file : files(true)) {
            files.read(file);
        }
        return files;
    }

    private List<Path> files(boolean ofTheDirectory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> file.getFileName().toString().matches(HOSPITALS_OR_PRACTITIONERS) == ofTheDirectory)
                    .sorted()
                    .toList();
        }
    }
}
