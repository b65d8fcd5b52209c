package org.carelog.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * @param host the address of the interface to listen on
 * @param port of the FHIR base
 * @param managementPort of its health
 * @param trustedProxies networks of those in front of it whose word about a client's address is taken
 * @param upstreams the first answers what no other does
 */
record GatewaySettings(
        String host, int port, int managementPort, List<String> trustedProxies, List<Upstream> upstreams) {

    private static final String TRUSTED = "--trusted-proxies=";

    GatewaySettings {
        trustedProxies = List.copyOf(trustedProxies);
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("no services");
        }
    }

    /**
     * As in {@code 0.0.0.0:8080:9080 patient-service=10.1.0.1:8081:9081 --trusted-proxies=10.2.0.0/16,10.3.0.7/32}.
     *
     * @throws IllegalArgumentException with the argument that is none
     */
    static GatewaySettings of(String... arguments) {
        String[] own = arguments[0].split(":");
        if (own.length != 3) {
            throw new IllegalArgumentException("not host:port:port: " + arguments[0]);
        }
        Map<Boolean, List<String>> others = Arrays.stream(arguments)
                .skip(1)
                .collect(Collectors.partitioningBy(argument -> argument.startsWith(TRUSTED)));
        return new GatewaySettings(
                own[0],
                Integer.parseInt(own[1]),
                Integer.parseInt(own[2]),
                others.get(true).stream()
                        .flatMap(argument ->
                                Stream.of(argument.substring(TRUSTED.length()).split(",")))
                        .filter(network -> !network.isBlank())
                        .toList(),
                others.get(false).stream().map(Upstream::of).toList());
    }

    Upstream fallback() {
        return upstreams.getFirst();
    }
}
