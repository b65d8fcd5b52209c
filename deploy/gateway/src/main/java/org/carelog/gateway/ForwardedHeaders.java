package org.carelog.gateway;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the services learn of the client's connection: its address, which is the peer's, or what a trusted peer says of its
 * own. Whatever else is said of it is dropped. Thread-safe.
 */
final class ForwardedHeaders {

    private static final String FOR = "X-Forwarded-For";
    private static final List<String> SAID_BY_CLIENTS = List.of(
            "Forwarded",
            FOR,
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Server",
            "X-Forwarded-Ssl");

    private final List<IpSubnetFilterRule> trusted;

    /**
     * @param trustedProxies networks, such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException when one is no network
     */
    ForwardedHeaders(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(ForwardedHeaders::network).toList();
    }

    private static IpSubnetFilterRule network(String network) {
        String[] parts = network.split("/");
        if (parts.length != 2 || !isAddress(parts[0]) || !parts[1].matches("\\d{1,3}")) {
            throw new IllegalArgumentException("no network: " + network);
        }
        return new IpSubnetFilterRule(parts[0], Integer.parseInt(parts[1]), IpFilterRuleType.ACCEPT);
    }

    /** Says it to the services, in the request's own headers. */
    void set(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> said = headers.getAll(FOR).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toList();
        SAID_BY_CLIENTS.forEach(headers::remove);
        headers.set(FOR, client(request.remoteAddress().hostAddress(), said));
    }

    /** The last address that nobody trusted says of itself. */
    private String client(String peer, List<String> said) {
        String client = peer;
        for (int i = said.size() - 1; i >= 0 && isTrusted(client) && isAddress(said.get(i)); i--) {
            client = said.get(i);
        }
        return client;
    }

    private boolean isTrusted(String address) {
        if (trusted.isEmpty()) {
            return false;
        }
        try {
            InetAddress own = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(address));
            return trusted.stream().anyMatch(network -> network.matches(new InetSocketAddress(own, 0)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has another length", e);
        }
    }

    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }
}
