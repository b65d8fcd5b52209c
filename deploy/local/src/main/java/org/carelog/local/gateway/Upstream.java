package org.carelog.local.gateway;

/**
 * A service behind the gateway, on the loopback interface.
 *
 * @param port of its FHIR base
 * @param managementPort where it says which types it owns
 */
record Upstream(String name, int port, int managementPort) {

    /** As in {@code patient-service:8081:9081}. */
    static Upstream of(String argument) {
        String[] parts = argument.split(":");
        if (parts.length != 3) {
            throw new IllegalArgumentException("not name:port:port: " + argument);
        }
        return new Upstream(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    String argument() {
        return name + ":" + port + ":" + managementPort;
    }
}
