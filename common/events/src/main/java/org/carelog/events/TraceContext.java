package org.carelog.events;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace of what is going on, as the header <a href="https://www.w3.org/TR/trace-context/#traceparent-header">
 * traceparent</a> has it: numbers alone, nothing of anybody.
 */
final class TraceContext {
    private TraceContext() {}

    /** Of the current span; without one a trace begins here, which nobody records. */
    static String parent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-%s-%s-%s"
                        .formatted(
                                span.getTraceId(),
                                span.getSpanId(),
                                span.getTraceFlags().asHex())
                : "00-%s%s-%s-00".formatted(number(), number(), number());
    }

    /** Never zero: that is no id. */
    private static String number() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }
}
