package org.carelog.local.gateway;

/**
 * A service behind the gateway.
 *
 * @param host where it is
 * @param port of its FHIR base
 * @param managementPort where it says which types it owns
 */
record Upstream(String name, String host, int port, int managementPort) {

    /** As in {@code patient-service=127.0.0.1:8081:9081}. */
    static Upstream of(String argument) {
        String[] parts = argument.split("[=:]");
        if (parts.length != 4) {
            throw new IllegalArgumentException("not name=host:port:port: " + argument);
        }
        return new Upstream(parts[0], parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }

    String argument() {
        return name + "=" + host + ":" + port + ":" + managementPort;
    }
}
