package org.carelog.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;

/** Listens to clients, on an event loop of its own; there are as many of it as there are processors. */
final class FhirBase extends AbstractVerticle {

    // As the services have them, so that what they take gets to them.
    private static final int LONGEST_LINE = 128 * 1_024;
    private static final int LARGEST_HEADERS = 20 * 1_024;

    private static final int IDLE_SECONDS = 120;
    private static final int CONNECTIONS_PER_SERVICE = 128;
    private static final int WAITING = 4_096;

    private final GatewaySettings settings;
    private final Routes routes;
    private final HeldBytes held;
    private final Patience patience;
    private FhirProxy proxy;
    private Metadata metadata;
    private BundleProxy bundles;
    private SharedTypeProxy shared;
    private SystemHistory history;
    private SystemSearch search;

    /** @param held of bodies that are read to their end */
    FhirBase(GatewaySettings settings, Routes routes, HeldBytes held, Patience patience) {
        this.settings = settings;
        this.routes = routes;
        this.held = held;
        this.patience = patience;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(2_000)
                        .setIdleTimeout(IDLE_SECONDS)
                        // Well before the services close theirs.
                        .setKeepAliveTimeout(30)
                        .setMaxHeaderSize(LARGEST_HEADERS)
                        .setMaxWaitQueueSize(WAITING),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE));
        Backend backend = new Backend(routes, settings.fallback());
        proxy = new FhirProxy(client, backend);
        WholeRequests whole = new WholeRequests(vertx, client, backend, held, patience.body());
        bundles = new BundleProxy(whole, backend);
        shared = new SharedTypeProxy(whole, routes);
        history = new SystemHistory(whole, backend, settings.upstreams());
        search = new SystemSearch(whole, backend, routes, settings.upstreams());
        metadata = new Metadata(whole, backend, routes, settings.upstreams());
        ForwardedHeaders forwarded = new ForwardedHeaders(settings.trustedProxies());
        CrossOrigin crossOrigin = new CrossOrigin(settings.allowedOrigins());
        WaitingConnections waiting = new WaitingConnections(vertx, patience);
        vertx.createHttpServer(new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setHttp2ClearTextEnabled(false)
                        .setMaxInitialLineLength(LONGEST_LINE)
                        .setMaxHeaderSize(LARGEST_HEADERS)
                        .setIdleTimeout(IDLE_SECONDS))
                .connectionHandler(waiting::opened)
                .requestHandler(request -> {
                    waiting.asked(request);
                    forwarded.set(request);
                    if (!crossOrigin.answers(request)) {
                        handle(request);
                    }
                })
                .listen()
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void handle(HttpServerRequest request) {
        switch (Destination.of(request.path())) {
            case Destination.Capabilities _ when request.method().equals(HttpMethod.GET) -> metadata.handle(request);
            case Destination.Base _ when request.method().equals(HttpMethod.POST) -> bundles.handle(request);
            case Destination.HistoryOfSystem _ when isRead(request) -> history.handle(request);
            case Destination.Base _ when isRead(request) -> search.handle(request);
            case Destination.SearchOfSystem _
            when isRead(request) || request.method().equals(HttpMethod.POST) -> search.handle(request);
            case Destination.SearchOfSystem _ -> Answers.refuse(request, new Refusal.OfSystem());
            case Destination.OfSystem _ -> Answers.refuse(request, new Refusal.OfSystem());
            case Destination.OfType of
            when routes.owners(of.type()).size() > 1 -> shared.handle(request, of, routes.owners(of.type()));
            default -> proxy.handle(request);
        }
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }
}
