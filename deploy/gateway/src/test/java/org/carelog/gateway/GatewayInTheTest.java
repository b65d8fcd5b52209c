package org.carelog.gateway;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carelog.local.process.FreePort;

/** Starts gateways on ports that are free; they stop with their Vert.x. */
final class GatewayInTheTest {
    /** Of a page that may use them. */
    static final String ORIGIN = "https://app.example.org";

    private GatewayInTheTest() {}

    /** One that is ready, before these services. */
    static GatewaySettings ready(Vertx vertx, HttpClient http, ServiceInTheTest... services) throws Exception {
        Upstream[] upstreams =
                Stream.of(services).map(ServiceInTheTest::upstream).toArray(Upstream[]::new);
        GatewaySettings settings = start(vertx, upstreams);
        awaitReady(http, settings);
        return settings;
    }

    /** Ends everything of a test. */
    static void stop(Vertx vertx, HttpClient http, ServiceInTheTest... services) {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        Stream.of(services).forEach(ServiceInTheTest::close);
    }

    static GatewaySettings start(Vertx vertx, Upstream... upstreams) throws Exception {
        return start(vertx, Patience.USUAL, upstreams);
    }

    static GatewaySettings start(Vertx vertx, Patience patience, Upstream... upstreams) throws Exception {
        return start(vertx, new Routes(List.of(upstreams)), patience, upstreams);
    }

    static GatewaySettings start(Vertx vertx, Routes routes, Patience patience, Upstream... upstreams)
            throws Exception {
        GatewaySettings made = new GatewaySettings(
                "127.0.0.1", FreePort.any(), FreePort.any(), List.of(), Set.of(ORIGIN), List.of(upstreams));
        Gateway.start(vertx, made, routes, patience)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        return made;
    }

    static void awaitReady(HttpClient http, GatewaySettings gateway) {
        await().until(() -> health(http, gateway) == 200);
    }

    static int health(HttpClient http, GatewaySettings gateway) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/q/health/ready");
        // as probes ask: without an upgrade to HTTP/2
        HttpRequest probe = HttpRequest.newBuilder(address)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return http.send(probe, BodyHandlers.discarding()).statusCode();
    }
}
