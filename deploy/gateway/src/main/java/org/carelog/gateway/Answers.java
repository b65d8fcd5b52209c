package org.carelog.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/** What the gateway says itself. */
final class Answers {

    /** Of the gateway; it is told services and statuses, never addresses with their queries. */
    static final Logger LOG = Logger.getLogger("org.carelog.gateway");

    /** When each sentence was logged last: a service that is down is thousands of refusals a second. */
    private static final ConcurrentHashMap<String, Long> LOGGED = new ConcurrentHashMap<>();

    private static final long BETWEEN = TimeUnit.SECONDS.toNanos(1);

    private Answers() {}

    /** Once a second; the sentences are few. */
    static void log(Refusal refusal) {
        long now = System.nanoTime();
        Long last = LOGGED.putIfAbsent(refusal.diagnostics(), now);
        if (last == null || (now - last > BETWEEN && LOGGED.replace(refusal.diagnostics(), last, now))) {
            LOG.warning(refusal.diagnostics());
        }
    }

    static void refuse(HttpServerRequest request, Refusal refusal) {
        log(refusal);
        BundleFormat format = BundleFormat.wanted(request);
        HttpServerResponse response =
                request.response().setStatusCode(refusal.status()).putHeader("Content-Type", format.mediaType());
        if (refusal.isTransient()) {
            response.putHeader("Retry-After", "1");
        }
        response.end(format.outcome(refusal));
    }
}
