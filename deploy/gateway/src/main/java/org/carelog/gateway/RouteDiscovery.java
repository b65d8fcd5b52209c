package org.carelog.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Asks the services again and again which types they own: soon when one never said it, now and then otherwise, and often where
 * another replica could take over from one that does not answer.
 */
final class RouteDiscovery {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ADDRESS = "/carelog/types";
    private static final long SOON = 100;
    private static final long OFTEN = 2_000;
    private static final long NOW_AND_THEN = 10_000;

    private final Vertx vertx;
    private final Routes routes;
    private final HttpClient client;

    RouteDiscovery(Vertx vertx, Routes routes) {
        this.vertx = vertx;
        this.routes = routes;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(1_000)
                .setIdleTimeout(2)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
    }

    /** From now on, without an end. */
    void follow(Upstream upstream) {
        upstream.replicas().forEach(replica -> follow(upstream, replica));
    }

    private void follow(Upstream upstream, Upstream.Replica replica) {
        ask(replica).onComplete(asked -> {
            if (asked.succeeded()) {
                routes.learn(upstream, asked.result());
                routes.answered(replica);
            } else {
                routes.didNotAnswer(replica);
            }
            vertx.setTimer(pause(upstream), _ -> follow(upstream, replica));
        });
    }

    private long pause(Upstream upstream) {
        if (routes.unknown().contains(upstream)) {
            return SOON;
        }
        return upstream.replicas().size() > 1 ? OFTEN : NOW_AND_THEN;
    }

    private Future<Hosted> ask(Upstream.Replica replica) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(replica.host())
                .setPort(replica.managementPort())
                .setURI(ADDRESS)
                .setTimeout(2_000);
        return client.request(request)
                .compose(sent -> sent.send())
                .compose(answer -> answer.statusCode() == 200
                        ? answer.body()
                        : Future.failedFuture("status " + answer.statusCode()))
                .map(RouteDiscovery::types);
    }

    private static Hosted types(Buffer body) {
        try {
            JsonNode said = MAPPER.readTree(body.getBytes());
            return new Hosted(names(said.path("owned")), names(said.path("copied")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(JsonNode types) {
        Set<String> names = new HashSet<>();
        types.forEach(type -> names.add(type.asText()));
        return names;
    }
}
