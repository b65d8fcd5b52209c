package org.carelog.system.platform;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many there are of each service and of Kafka's brokers. The first one has the name alone, the others a number with it, as
 * in {@code kafka}, {@code kafka-2}.
 */
public record Size(int replicas, int brokers) {
    /** One of each. */
    public static final Size SINGLE = new Size(1, 1);

    /** Those of a service. */
    public List<String> replicasOf(String service) {
        return names(service, replicas);
    }

    public List<String> brokerNames() {
        return names("kafka", brokers);
    }

    private static List<String> names(String part, int copies) {
        return IntStream.rangeClosed(1, copies)
                .mapToObj(copy -> copy == 1 ? part : part + "-" + copy)
                .toList();
    }

    @Override
    public String toString() {
        return equals(SINGLE) ? "one of each" : "%d replicas, %d brokers".formatted(replicas, brokers);
    }
}
