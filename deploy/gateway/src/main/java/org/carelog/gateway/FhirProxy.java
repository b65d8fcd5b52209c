package org.carelog.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Optional;

/** Passes a request to the service it is for, and the answer back, as streams. For one event loop. */
final class FhirProxy {

    private static final String UPSTREAM = "upstream";

    private final Backend backend;
    private final HttpProxy proxy;

    FhirProxy(HttpClient client, Backend backend) {
        this.backend = backend;
        this.proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(this::origin)
                .addInterceptor(new Edge());
    }

    void handle(HttpServerRequest request) {
        proxy.handle(request);
    }

    private Future<HttpClientRequest> origin(ProxyContext context) {
        Optional<Upstream> upstream = backend.upstream(
                Destination.of(context.request().proxiedRequest().path()));
        if (upstream.isEmpty()) {
            return Future.failedFuture(new Backend.Unreachable(backend.unknown(), null));
        }
        context.set(UPSTREAM, upstream.get());
        return backend.connect(context.client(), upstream.get());
    }

    /** What is added to a request, and answered when there is no answer. */
    private static final class Edge implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            return context.sendRequest().recover(failure -> Future.succeededFuture(refuse(context, failure)));
        }

        private static ProxyResponse refuse(ProxyContext context, Throwable failure) {
            Refusal refusal = failure instanceof Backend.Unreachable
                    ? new Refusal.Unreachable(failure.getMessage())
                    : new Refusal.Broken(context.get(UPSTREAM, Upstream.class).name());
            if (!Departures.causes(failure)) {
                Answers.log(refusal);
            }
            BundleFormat format = BundleFormat.wanted(context.request().proxiedRequest());
            return context.request()
                    .release()
                    .response()
                    .setStatusCode(refusal.status())
                    .putHeader("Content-Type", format.mediaType())
                    .putHeader("Retry-After", "1")
                    .setBody(Body.body(Buffer.buffer(format.outcome(refusal))));
        }
    }
}
