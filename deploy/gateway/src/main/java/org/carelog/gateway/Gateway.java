package org.carelog.gateway;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;

/** The gateway's process. Its arguments are those of {@link GatewaySettings#of}. */
public final class Gateway {

    private Gateway() {}

    /** Ends with exit code 1 when it cannot listen. */
    public static void main(String[] arguments) {
        GatewaySettings settings = GatewaySettings.of(arguments);
        Routes routes = new Routes(settings.upstreams());
        Vertx vertx = Traces.vertx(new VertxOptions().setEventLoopPoolSize(loops()), routes, System.getenv());
        start(vertx, settings, routes, Patience.USUAL).onFailure(failure -> {
            System.err.println("The gateway cannot start: " + failure.getMessage());
            System.exit(1);
        });
    }

    /** Completes when it listens. */
    static Future<Void> start(Vertx vertx, GatewaySettings settings, Routes routes, Patience patience) {
        Departures.keepFromTheLog();
        HeldBytes held = new HeldBytes(WholeRequests.HELD);
        RouteDiscovery discovery = new RouteDiscovery(vertx, routes);
        settings.upstreams().forEach(discovery::follow);
        return vertx.deployVerticle(
                        () -> new FhirBase(settings, routes, held, patience),
                        new DeploymentOptions().setInstances(loops()))
                .compose(_ -> health(vertx, settings, routes))
                .mapEmpty();
    }

    /** Ready when it knows what every service owns, be that service there now or not. */
    private static Future<HttpServer> health(Vertx vertx, GatewaySettings settings, Routes routes) {
        return vertx.createHttpServer(new HttpServerOptions().setTracingPolicy(TracingPolicy.IGNORE))
                .requestHandler(request -> answer(request, routes))
                .listen(settings.managementPort(), settings.host());
    }

    private static void answer(HttpServerRequest request, Routes routes) {
        boolean known = request.path().equals("/q/health/ready");
        int status = !known ? 404 : routes.unknown().isEmpty() ? 200 : 503;
        request.response().setStatusCode(status).end();
    }

    private static int loops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    }
}
