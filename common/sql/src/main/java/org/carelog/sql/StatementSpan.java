package org.carelog.sql;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.sql.SQLException;
import java.util.Locale;

/**
 * A statement in the trace that it is part of: its text, which holds no value, from the wait for a connection to the last row. What
 * is part of no trace, or of one that nobody records, costs a look at the thread.
 */
final class StatementSpan {
    private StatementSpan() {}

    /** To be ended by the caller. */
    static Span begin(String sql) {
        return Span.current().isRecording()
                ? GlobalOpenTelemetry.getTracer("org.carelog.sql")
                        .spanBuilder(verb(sql))
                        .setSpanKind(SpanKind.CLIENT)
                        .setAttribute("db.system.name", "postgresql")
                        .setAttribute("db.query.text", sql)
                        .startSpan()
                : Span.getInvalid();
    }

    /** By the code alone: the server's text may quote values. */
    static void failed(Span span, SQLException failure) {
        span.setStatus(StatusCode.ERROR).setAttribute("db.response.status_code", String.valueOf(failure.getSQLState()));
    }

    private static String verb(String sql) {
        return sql.strip().split("\\W", 2)[0].toLowerCase(Locale.ROOT);
    }
}
