package org.carelog.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void theIdOfATraceIsInItsHeader() {
        assertThat(TraceContext.traceId("00-" + TRACE + "-00f067aa0ba902b7-00")).contains(TRACE);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"Sample", "00-" + TRACE, "00-" + TRACE + "-00f067aa0ba902b7-01-more"})
    void whatIsNoHeaderIsOfNoTrace(String text) {
        assertThat(TraceContext.traceId(text)).isEmpty();
        assertThat(TraceContext.span("part", SpanKind.INTERNAL, text)).isEmpty();
    }

    @Test
    void ofATraceThatNobodyRecordsThereIsNoSpan() {
        assertThat(TraceContext.span("part", SpanKind.INTERNAL, "00-" + TRACE + "-00f067aa0ba902b7-00"))
                .isEmpty();
    }

    @Test
    void withoutATraceOneBeginsThatNobodyRecords() {
        assertThat(TraceContext.current()).isEmpty();
        assertThat(TraceContext.parent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }
}
