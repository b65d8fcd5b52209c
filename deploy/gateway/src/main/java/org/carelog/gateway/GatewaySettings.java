package org.carelog.gateway;

import java.util.Arrays;
import java.util.List;

/**
 * @param host the address of the interface to listen on
 * @param port of the FHIR base
 * @param managementPort of its health
 * @param upstreams the first answers what no other does
 */
record GatewaySettings(String host, int port, int managementPort, List<Upstream> upstreams) {

    GatewaySettings {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("no services");
        }
    }

    /** As in {@code 127.0.0.1:8080:9080 patient-service=127.0.0.1:8081:9081}. */
    static GatewaySettings of(String... arguments) {
        String[] own = arguments[0].split(":");
        if (own.length != 3) {
            throw new IllegalArgumentException("not host:port:port: " + arguments[0]);
        }
        return new GatewaySettings(
                own[0],
                Integer.parseInt(own[1]),
                Integer.parseInt(own[2]),
                Arrays.stream(arguments).skip(1).map(Upstream::of).toList());
    }

    Upstream fallback() {
        return upstreams.getFirst();
    }
}
