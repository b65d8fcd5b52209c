package org.carelog.records.rest;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * What still comes of a body when its answer is there, such as that of a request that was refused before it was read. Quarkus
 * goes on to receive it, to its end, which may never be, and would keep it for the one who reads it: here it is let go.
 *
 * <p>As much as a client of good will may be sending at that moment is waited for, since many read no answer before they have
 * sent all, and the connection can go on. More, or for longer, ends it.
 */
final class RestOfBody implements Handler<Buffer> {
    /** More than the largest Bundle. */
    private static final long MOST = 16 << 20;

    private final HttpServerRequest request;
    private long passed;

    private RestOfBody(HttpServerRequest request) {
        this.request = request;
    }

    /** @param time that it may take after the answer */
    static void discard(RoutingContext context, Duration time) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            context.addEndHandler(_ -> limit(context.vertx(), request, time));
            listen(request);
        }
    }

    private static void listen(HttpServerRequest request) {
        try {
            request.handler(new RestOfBody(request)).resume();
        } catch (IllegalStateException e) {
            // it has ended since it was asked, on another thread: by HTTP/2 nobody may listen then
            if (!request.isEnded()) {
                throw e;
            }
        }
    }

    /** Most have ended by now, be it that they had no body: a timer would keep each of them, with its answer, until it is due. */
    private static void limit(Vertx vertx, HttpServerRequest request, Duration time) {
        if (!request.isEnded()) {
            vertx.setTimer(time.toMillis(), _ -> closeUnlessEnded(request));
        }
    }

    @Override
    public void handle(Buffer chunk) {
        passed += chunk.length();
        if (passed > MOST && request.response().ended()) {
            closeUnlessEnded(request);
        }
    }

    private static void closeUnlessEnded(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }
}
