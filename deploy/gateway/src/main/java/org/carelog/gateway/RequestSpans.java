package org.carelog.gateway;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's part of each request's trace, from the first byte of the request to the last of the answer; what goes to the services is
 * said to come from it. Ids, searches and what is no resource type are not told. Thread-safe.
 */
final class RequestSpans implements VertxTracer<Span, Span> {
    private static final String BASE = "/fhir";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<HttpServerRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
            return request.headers().names();
        }

        @Override
        public String get(HttpServerRequest request, String name) {
            return request.getHeader(name);
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Routes routes;

    /** @param routes know the resource types that there are */
    RequestSpans(SdkTracerProvider provider, Routes routes) {
        this.provider = provider;
        this.tracer = provider.get("org.carelog.gateway");
        this.routes = routes;
    }

    @Override
    public <R> Span receiveRequest(
            Context context,
            io.vertx.core.spi.tracing.SpanKind kind,
            TracingPolicy policy,
            R received,
            String method,
            Iterable<Map.Entry<String, String>> headers,
            TagExtractor<R> tags) {
        if (policy == TracingPolicy.IGNORE || !(received instanceof HttpServerRequest request)) {
            return null;
        }
        String path = path(request);
        String operation = METHODS.contains(method) ? method : "_OTHER";
        Span span = tracer.spanBuilder(operation + " " + path)
                .setSpanKind(SpanKind.SERVER)
                .setParent(W3C.extract(io.opentelemetry.context.Context.root(), request, HEADERS))
                .setAttribute("http.request.method", operation)
                .setAttribute("url.path", path)
                .startSpan();
        W3C.inject(
                io.opentelemetry.context.Context.root().with(span),
                request,
                (asked, name, value) -> asked.headers().set(name, value));
        return span;
    }

    private String path(HttpServerRequest request) {
        return switch (Destination.of(request.path())) {
            case Destination.OfType of -> path(of.type());
            case Destination.Everything of -> path(of.type());
            default -> BASE;
        };
    }

    private String path(String type) {
        return routes.beginning(type).isPresent() ? BASE + "/" + type : BASE;
    }

    @Override
    public <R> void sendResponse(Context context, R response, Span span, Throwable failure, TagExtractor<R> tags) {
        if (span == null) {
            return;
        }
        if (response instanceof HttpServerResponse answer) {
            span.setAttribute("http.response.status_code", answer.getStatusCode());
            if (answer.getStatusCode() >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
        }
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", failure.getClass().getName());
        }
        span.end();
    }

    @Override
    public void close() {
        provider.shutdown().join(2, TimeUnit.SECONDS);
    }
}
