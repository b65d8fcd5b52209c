package org.carelog.system.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.system.platform.Carelog;

/** How often one replica took over from another what one alone does at a time, by what they said of it in their logs. */
final class Handovers {
    private static final List<String> TAKES_OVER =
            List.of("This process publishes the outbox", "This process publishes the state");

    private Handovers() {}

    static String told(Carelog carelog) {
        return Stream.of("patient-service", "encounter-service")
                .map(service -> "publishing went from one replica of %s to another %d times"
                        .formatted(service, of(carelog, service)))
                .collect(Collectors.joining("%n".formatted()));
    }

    /** Of publishing the events and the states together. */
    private static int of(Carelog carelog, String service) {
        return TAKES_OVER.stream()
                .mapToInt(words -> of(carelog, service, words))
                .sum();
    }

    private static int of(Carelog carelog, String service, String words) {
        Map<String, String> owners = new TreeMap<>();
        for (String replica : carelog.size().replicasOf(service)) {
            try {
                // each line begins with its time
                Files.readAllLines(carelog.data().resolve("logs/" + replica + ".log")).stream()
                        .filter(line -> line.contains(words))
                        .forEach(line -> owners.put(line, replica));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        List<String> inOrder = List.copyOf(owners.values());
        int handovers = 0;
        for (int i = 1; i < inOrder.size(); i++) {
            handovers += inOrder.get(i).equals(inOrder.get(i - 1)) ? 0 : 1;
        }
        return handovers;
    }
}
