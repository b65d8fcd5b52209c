package org.carelog.records.rest;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/** The trace that a request is of, also while nobody records it: what it writes is told as part of it. */
final class Traced {
    private static final TextMapGetter<FhirRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(FhirRequest request) {
            return W3CTraceContextPropagator.getInstance().fields();
        }

        @Override
        public String get(FhirRequest request, String name) {
            return request == null ? null : request.header(name).orElse(null);
        }
    };

    private Traced() {}

    /** The present context, in the trace that the client says if there is none yet. */
    static Context by(FhirRequest request) {
        Context current = Context.current();
        return Span.fromContext(current).getSpanContext().isValid()
                ? current
                : W3CTraceContextPropagator.getInstance().extract(current, request, HEADERS);
    }
}
