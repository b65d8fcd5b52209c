package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the service that a request is for, and a connection to it. */
final class Backend {

    /** No request was sent. */
    static final class Unreachable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreachable(String service, Throwable cause) {
            super(service, cause, false, false);
        }
    }

    private final Routes routes;
    private final Upstream fallback;
    /** Whose turn it is where there are several replicas. */
    private int turn;

    Backend(Routes routes, Upstream fallback) {
        this.routes = routes;
        this.fallback = fallback;
    }

    /** Empty while the owner cannot be known. */
    Optional<Upstream> upstream(Destination destination) {
        return switch (destination) {
            case Destination.OfType of -> orFallback(routes.owner(of.type()));
            case Destination.Everything of -> orFallback(routes.beginning(of.type()));
            case Destination.Capabilities c -> Optional.of(fallback);
            case Destination.Base b -> Optional.of(fallback);
            case Destination.HistoryOfSystem h -> Optional.of(fallback);
            case Destination.SearchOfSystem s -> Optional.of(fallback);
            case Destination.OfSystem s -> Optional.of(fallback);
            case Destination.Elsewhere e -> Optional.of(fallback);
        };
    }

    private Optional<Upstream> orFallback(Optional<Upstream> known) {
        return known.isPresent() || !routes.unknown().isEmpty() ? known : Optional.of(fallback);
    }

    /** Whether every service has said what it owns, so that what nobody owns is nobody's. */
    boolean isKnown() {
        return routes.unknown().isEmpty();
    }

    Upstream upstreamOrFallback(Destination destination) {
        return upstream(destination).orElse(fallback);
    }

    /** Whether several own resources of the type, each some. */
    boolean isShared(String type) {
        return routes.owners(type).size() > 1;
    }

    Optional<Upstream> named(String service) {
        return routes.named(service);
    }

    /** @param service the name of the one that was asked */
    static Refusal refusal(Throwable failure, String service) {
        return failure instanceof Unreachable
                ? new Refusal.Unreachable(failure.getMessage())
                : new Refusal.Broken(service);
    }

    /** A request that is not sent yet, to one replica after the other; fails with {@link Unreachable} when none is there. */
    Future<HttpClientRequest> connect(HttpClient client, Upstream upstream) {
        List<Upstream.Replica> replicas = new ArrayList<>(routes.answering(upstream));
        Collections.rotate(replicas, turn++);
        return connect(client, upstream.name(), replicas);
    }

    private static Future<HttpClientRequest> connect(
            HttpClient client, String service, List<Upstream.Replica> replicas) {
        Upstream.Replica replica = replicas.getFirst();
        return client.request(
                        new RequestOptions().setServer(SocketAddress.inetSocketAddress(replica.port(), replica.host())))
                .recover(failure -> replicas.size() > 1
                        ? connect(client, service, replicas.subList(1, replicas.size()))
                        : Future.failedFuture(new Unreachable(service, failure)));
    }

    /** The name to use for the owner while it is not known. */
    String unknown() {
        return routes.unknown().stream().map(Upstream::name).findFirst().orElse("The service");
    }
}
