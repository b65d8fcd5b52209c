package org.carelog.gateway;

import java.util.Arrays;
import java.util.List;

/**
 * A service behind the gateway.
 *
 * @param replicas where it is: any of them answers
 */
record Upstream(String name, List<Replica> replicas) {

    /**
     * One process of a service.
     *
     * @param host where it is
     * @param port of its FHIR base
     * @param managementPort where it says which types it owns
     */
    record Replica(String host, int port, int managementPort) {

        private static Replica of(String argument) {
            String[] parts = argument.split(":");
            if (parts.length != 3) {
                throw new IllegalArgumentException("not host:port:port: " + argument);
            }
            return new Replica(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
    }

    Upstream {
        replicas = List.copyOf(replicas);
    }

    /** As in {@code patient-service=127.0.0.1:8081:9081}, more of them after commas. */
    static Upstream of(String argument) {
        String[] parts = argument.split("=");
        if (parts.length != 2) {
            throw new IllegalArgumentException("not name=host:port:port,…: " + argument);
        }
        return new Upstream(
                parts[0], Arrays.stream(parts[1].split(",")).map(Replica::of).toList());
    }
}
