package org.carelog.events;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * A batch in the traces of those whose events it holds: a span each, until all of it is applied or parked. The statements are in the
 * trace of a batch of one; those of more are nobody's alone.
 */
final class BatchSpans {
    private BatchSpans() {}

    static void around(ConsumerRecords<?, byte[]> batch, Runnable work) {
        List<Span> spans = begin(batch);
        try {
            if (batch.count() == 1 && !spans.isEmpty()) {
                Context.current().with(spans.getFirst()).wrap(work).run();
            } else {
                work.run();
            }
        } finally {
            spans.forEach(Span::end);
        }
    }

    private static List<Span> begin(ConsumerRecords<?, byte[]> batch) {
        List<Span> spans = new ArrayList<>();
        for (ConsumerRecord<?, byte[]> event : batch) {
            Span span = TopicSpan.process(event.topic(), Envelope.traceparent(event.headers()));
            if (span.isRecording()) {
                spans.add(span);
            }
        }
        return spans;
    }
}
