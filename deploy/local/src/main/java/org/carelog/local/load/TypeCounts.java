package org.carelog.local.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How many resources of each type were seen. Confined to the reading thread. */
final class TypeCounts {

    private final Map<String, Long> counts = new TreeMap<>();

    void add(String type) {
        counts.merge(type, 1L, Long::sum);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The most frequent first: {@code Observation 12345, Claim 678}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(type -> type.getKey() + " " + type.getValue())
                .collect(Collectors.joining(", "));
    }
}
