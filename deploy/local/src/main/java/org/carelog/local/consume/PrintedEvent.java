package org.carelog.local.consume;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record as docs/events shows one: key, headers, an empty line, the value. */
record PrintedEvent(ConsumerRecord<byte[], byte[]> event) {

    String text() {
        StringBuilder text = new StringBuilder(
                "-- %s, partition %d, offset %d%n".formatted(event.topic(), event.partition(), event.offset()));
        line(text, "key", event.key());
        for (Header header : event.headers()) {
            line(text, header.key(), header.value());
        }
        return text.append('\n').append(shown(event.value())).append('\n').toString();
    }

    private static void line(StringBuilder text, String name, byte[] value) {
        text.append(name).append(": ").append(shown(value)).append('\n');
    }

    /** What a record says is shown to a person, and does not drive the terminal. */
    private static String shown(byte[] bytes) {
        return bytes == null
                ? "(none)"
                : new String(bytes, StandardCharsets.UTF_8).replaceAll("[\\p{Cc}&&[^\\n\\t]]", "\uFFFD");
    }
}
