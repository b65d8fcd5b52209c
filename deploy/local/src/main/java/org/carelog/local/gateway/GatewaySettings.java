package org.carelog.local.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * @param port of the FHIR base
 * @param managementPort of its health
 * @param upstreams the first answers what no other does
 */
record GatewaySettings(int port, int managementPort, List<Upstream> upstreams) {

    GatewaySettings {
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("no services");
        }
    }

    static GatewaySettings of(String... arguments) {
        return new GatewaySettings(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Arrays.stream(arguments).skip(2).map(Upstream::of).toList());
    }

    List<String> arguments() {
        return Stream.concat(
                        Stream.of(Integer.toString(port), Integer.toString(managementPort)),
                        upstreams.stream().map(Upstream::argument))
                .toList();
    }

    Upstream fallback() {
        return upstreams.getFirst();
    }
}
