package org.carelog.local.port;

/**
 * How many times the system has what it may have several times. Copies have numbers, the first one 1.
 *
 * @param replicas of each service, 1 to {@value #MOST_REPLICAS}
 * @param brokers of Kafka: 1, 3 or 5. With more than one each record is on three of them, and a write is answered when it
 *     is on two
 */
public record Scale(int replicas, int brokers) {

    /** What suffices for one person. */
    public static final Scale SINGLE = new Scale(1, 1);

    public static final int MOST_REPLICAS = 4;

    /** @throws IllegalArgumentException when there is no such system; the message is for the person at the terminal */
    public Scale {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException(
                    "%d replicas of a service cannot be had, but 1 to %d.".formatted(replicas, MOST_REPLICAS));
        }
        if (brokers != 1 && brokers != 3 && brokers != 5) {
            throw new IllegalArgumentException(
                    "%d brokers cannot be had, but 1, 3 or 5: more than half of them decide.".formatted(brokers));
        }
    }

    /** How many processes have such a port. */
    public int copies(Port port) {
        return switch (port) {
            case PATIENT_SERVICE,
                    PATIENT_SERVICE_MANAGEMENT,
                    ENCOUNTER_SERVICE,
                    ENCOUNTER_SERVICE_MANAGEMENT,
                    AUDIT_SERVICE,
                    AUDIT_SERVICE_MANAGEMENT -> replicas;
            case KAFKA, KAFKA_CONTROLLER, KAFKA_PLATFORM -> brokers;
            case GATEWAY, GATEWAY_MANAGEMENT, WITNESS, KEYCLOAK, KEYCLOAK_MANAGEMENT, POSTGRES -> 1;
        };
    }

    /** The first copy has the name alone, as in {@code kafka}, {@code kafka-2}. */
    public static String name(String part, int copy) {
        return copy == 1 ? part : part + "-" + copy;
    }
}
