package org.carelog.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * @param host the address of the interface to listen on
 * @param port of the FHIR base
 * @param managementPort of its health
 * @param trustedProxies networks of those in front of it whose word about a client's address is taken
 * @param allowedOrigins of pages that browsers let use the base
 * @param upstreams the first answers what no other does
 */
record GatewaySettings(
        String host,
        int port,
        int managementPort,
        List<String> trustedProxies,
        Set<String> allowedOrigins,
        List<Upstream> upstreams) {

    private static final String TRUSTED = "--trusted-proxies=";
    private static final String ORIGINS = "--allowed-origins=";

    GatewaySettings {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = Set.copyOf(allowedOrigins);
        for (String origin : allowedOrigins) {
            if (!origin.matches("https?://[^/*]+")) {
                throw new IllegalArgumentException("no origin: " + origin);
            }
        }
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("no services");
        }
    }

    /**
     * As in {@code 0.0.0.0:8080:9080 patient-service=10.1.0.1:8081:9081 --trusted-proxies=10.2.0.0/16,10.3.0.7/32
     * --allowed-origins=https://app.example.org}.
     *
     * @throws IllegalArgumentException with the argument that is none
     */
    static GatewaySettings of(String... arguments) {
        String[] own = arguments[0].split(":");
        if (own.length != 3) {
            throw new IllegalArgumentException("not host:port:port: " + arguments[0]);
        }
        return new GatewaySettings(
                own[0],
                Integer.parseInt(own[1]),
                Integer.parseInt(own[2]),
                listed(arguments, TRUSTED),
                Set.copyOf(listed(arguments, ORIGINS)),
                Arrays.stream(arguments)
                        .skip(1)
                        .filter(argument -> !argument.startsWith(TRUSTED) && !argument.startsWith(ORIGINS))
                        .map(Upstream::of)
                        .toList());
    }

    /** What stands behind the name, with commas between. */
    private static List<String> listed(String[] arguments, String name) {
        return Stream.of(arguments)
                .filter(argument -> argument.startsWith(name))
                .flatMap(argument -> Stream.of(argument.substring(name.length()).split(",")))
                .filter(value -> !value.isBlank())
                .toList();
    }

    Upstream fallback() {
        return upstreams.getFirst();
    }
}
