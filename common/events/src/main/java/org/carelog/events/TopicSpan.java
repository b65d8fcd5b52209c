package org.carelog.events;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of a record between services, as parts of the trace of the request that it tells of. The topic is in them, and
 * nothing of the record.
 */
public final class TopicSpan {
    private TopicSpan() {}

    /** From the send to the broker's answer. */
    static Span publish(String topic, String traceparent) {
        return builder("send", topic, SpanKind.PRODUCER, traceparent)
                .map(SpanBuilder::startSpan)
                .orElseGet(Span::getInvalid);
    }

    /** What a service does with a record that it read. */
    static Span process(String topic, String traceparent) {
        return builder("process", topic, SpanKind.CONSUMER, traceparent)
                .map(SpanBuilder::startSpan)
                .orElseGet(Span::getInvalid);
    }

    /** The same, done by now. */
    public static void processed(String topic, String traceparent, Instant begin) {
        builder("process", topic, SpanKind.CONSUMER, traceparent)
                .ifPresent(span -> span.setStartTimestamp(begin).startSpan().end());
    }

    static void end(Span span, Exception failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", failure.getClass().getName());
        }
        span.end();
    }

    private static Optional<SpanBuilder> builder(String operation, String topic, SpanKind kind, String traceparent) {
        return TraceContext.span(operation + " " + topic, kind, traceparent)
                .map(span -> span.setAttribute("messaging.system", "kafka")
                        .setAttribute("messaging.operation.name", operation)
                        .setAttribute("messaging.destination.name", topic));
    }
}
