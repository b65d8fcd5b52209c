package org.carelog.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** What the services learn of the client's connection. Whatever the client says of it itself is dropped. */
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

    private ForwardedHeaders() {}

    static void set(MultiMap headers, HttpServerRequest client) {
        SAID_BY_CLIENTS.forEach(headers::remove);
        headers.set(FOR, client.remoteAddress().hostAddress());
    }
}
