package org.carelog.events;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace of what is going on, as the header <a href="https://www.w3.org/TR/trace-context/#traceparent-header">
 * traceparent</a> has it: numbers alone, nothing of anybody.
 */
public final class TraceContext {
    private static final Pattern TRACE_PARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private TraceContext() {}

    /** Of the current span, or of the one that the client has said; empty: this is part of no trace. */
    public static Optional<String> current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? Optional.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : Optional.empty();
    }

    /** The same; where there is none a trace begins here, which nobody records. */
    static String parent() {
        return current().orElseGet(() -> "00-%s%s-%s-00".formatted(number(), number(), number()));
    }

    private static Tracer tracer() {
        return GlobalOpenTelemetry.getTracer("org.carelog.events");
    }

    /** Never zero: that is no id. */
    private static String number() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }

    /** The id of the trace, 32 hexadecimal digits; empty, where this is no {@code traceparent}. */
    public static Optional<String> traceId(String traceparent) {
        Matcher matcher = TRACE_PARENT.matcher(traceparent == null ? "" : traceparent);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** A part of what is going on, to be ended by the caller; nothing, where nobody records it. */
    public static Span part(String name) {
        return Span.current().isRecording() ? tracer().spanBuilder(name).startSpan() : Span.getInvalid();
    }

    /**
     * A part of a trace that has come here by a table or a topic. Empty of a trace that nobody records, or of none, which costs a
     * look at the text.
     *
     * @param traceparent null: none
     */
    static Optional<SpanBuilder> span(String name, SpanKind kind, String traceparent) {
        if (traceparent == null || traceparent.endsWith("-00")) {
            return Optional.empty();
        }
        Matcher matcher = TRACE_PARENT.matcher(traceparent);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        SpanContext parent = SpanContext.createFromRemoteParent(
                matcher.group(1), matcher.group(2), TraceFlags.fromHex(matcher.group(3), 0), TraceState.getDefault());
        return Optional.of(tracer().spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(parent))));
    }
}
