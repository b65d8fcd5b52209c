package org.carelog.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes connections on which no request comes in time: an idle timeout does not, where a byte comes now and then. For one
 * event loop.
 */
final class WaitingConnections {
    private static final int LOOKS = 10;

    private final Patience patience;
    private final Map<HttpConnection, Long> deadlines = new HashMap<>();

    WaitingConnections(Vertx vertx, Patience patience) {
        this.patience = patience;
        vertx.setPeriodic(Math.min(patience.first().toMillis(), patience.next().toMillis()) / LOOKS, _ -> closeLate());
    }

    void opened(HttpConnection connection) {
        expect(connection, patience.first());
        connection.closeHandler(_ -> deadlines.remove(connection));
    }

    void asked(HttpServerRequest request) {
        deadlines.remove(request.connection());
        request.response().bodyEndHandler(_ -> expect(request.connection(), patience.next()));
    }

    private void expect(HttpConnection connection, Duration time) {
        deadlines.put(connection, System.nanoTime() + time.toNanos());
    }

    private void closeLate() {
        long now = System.nanoTime();
        for (var waiting : new ArrayList<>(deadlines.entrySet())) {
            if (waiting.getValue() - now < 0) {
                deadlines.remove(waiting.getKey());
                waiting.getKey().close();
            }
        }
    }
}
