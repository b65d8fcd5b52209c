package org.carelog.system.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.system.history.Content;
import org.carelog.system.history.Reference;

/** What Synthea wrote, read from its files: every entry of every Bundle. */
record Population(Map<Reference, JsonNode> resources, Map<String, Long> entries) {
    static Population in(Path directory) throws IOException {
        Population population = new Population(new HashMap<>(), new TreeMap<>());
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".json")).forEach(population::read);
        }
        return population;
    }

    private void read(Path file) {
        try {
            for (JsonNode entry : Content.parsed(Files.readAllBytes(file)).path("entry")) {
                JsonNode resource = entry.path("resource");
                String type = resource.path("resourceType").asText();
                entries.merge(type, 1L, Long::sum);
                if (type.equals("Patient") || type.equals("Encounter")) {
                    resources.put(new Reference(type, resource.path("id").asText()), resource);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Reference> all(String type) {
        return resources.keySet().stream()
                .filter(reference -> reference.type().equals(type))
                .toList();
    }

    long entries(Set<String> types) {
        return entries.entrySet().stream()
                .filter(type -> types.contains(type.getKey()))
                .collect(Collectors.summingLong(Map.Entry::getValue));
    }
}
