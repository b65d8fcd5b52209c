package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Requests that must be read to their end before it is known where they go; and their answers. */
final class WholeRequests {

    /** As the services have it for Bundles. */
    static final int LARGEST = 12 << 20;

    /** Of all bodies together; with a Bundle's parts and their answers, each is there up to five times. */
    static final int HELD = 2 * LARGEST;

    private static final String REQUEST_ID = "X-Request-Id";

    private static final List<String> OF_THE_CONNECTION = List.of(
            "Connection",
            "Keep-Alive",
            "Transfer-Encoding",
            "Content-Length",
            "Host",
            "Expect",
            "TE",
            "Trailer",
            "Upgrade");

    private final Vertx vertx;
    private final HttpClient client;
    private final Backend backend;
    private final HeldBytes held;
    private final Duration time;

    /**
     * @param held shared by all event loops
     * @param time for a whole body
     */
    WholeRequests(Vertx vertx, HttpClient client, Backend backend, HeldBytes held, Duration time) {
        this.vertx = vertx;
        this.client = client;
        this.backend = backend;
        this.held = held;
        this.time = time;
    }

    record Answer(int status, MultiMap headers, Buffer body) {}

    /** The body was not read to its end: the client has been told why, or is gone. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("refused", null, false, false);
        }
    }

    /** What of the client's headers goes to a service; its parts are one request to whoever looks for it later. */
    static MultiMap headers(HttpServerRequest request) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        OF_THE_CONNECTION.forEach(headers::remove);
        // what comes is read here
        headers.remove("Accept-Encoding");
        if (!headers.contains(REQUEST_ID)) {
            headers.set(REQUEST_ID, UUID.randomUUID().toString());
        }
        return headers;
    }

    /** Fails with {@link Refused} before it is read to its end. */
    Future<Buffer> body(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        HeldBytes.Share share = held.share();
        request.response().endHandler(_ -> share.giveBack()).closeHandler(_ -> share.giveBack());
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() > LARGEST) {
                refuseUnread(request, new Refusal.TooLarge(LARGEST));
                whole.tryFail(new Refused());
            } else if (!share.take(chunk.length())) {
                refuseUnread(request, new Refusal.Busy());
                whole.tryFail(new Refused());
            } else {
                body.appendBuffer(chunk);
            }
        });
        long late = vertx.setTimer(time.toMillis(), _ -> {
            if (whole.tryFail(new Refused())) {
                refuseUnread(request, new Refusal.SlowBody(time));
            }
        });
        whole.future().onComplete(_ -> vertx.cancelTimer(late));
        request.exceptionHandler(_ -> whole.tryFail(new Refused()));
        request.endHandler(_ -> whole.tryComplete(body));
        return whole.future();
    }

    Future<Answer> ask(Upstream upstream, HttpMethod method, String uri, MultiMap headers, Buffer body) {
        return backend.connect(client, upstream).compose(request -> {
            request.setMethod(method).setURI(uri);
            request.headers().addAll(headers);
            return request.send(body)
                    .compose(response -> response.body()
                            .map(answer -> new Answer(response.statusCode(), response.headers(), answer)));
        });
    }

    /** What takes a while is made beside the event loop. */
    <T> Future<T> aside(Callable<T> made) {
        return vertx.executeBlocking(made, false);
    }

    static void send(HttpServerResponse response, Answer answer) {
        if (response.closed()) {
            return;
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
        OF_THE_CONNECTION.forEach(headers::remove);
        response.headers().addAll(headers);
        response.setStatusCode(answer.status()).end(answer.body());
    }

    static void refuse(HttpServerRequest request, Throwable failure) {
        if (!(failure instanceof Refused) && !request.response().closed()) {
            Answers.refuse(request, Backend.refusal(failure, "A service"));
        }
    }

    /** What is still to come of the body is not kept. */
    private static void refuseUnread(HttpServerRequest request, Refusal refusal) {
        request.handler(null).resume();
        request.response().putHeader("Connection", "close");
        Answers.refuse(request, refusal);
    }
}
