package org.carelog.events;

import java.time.Instant;
import java.util.Optional;

/**
 * An event that waits for an operator, or behind one that does.
 *
 * @param subject what it is about, {@code [type]/[id]}; empty: it does not say, or not as our events do
 * @param key the message key, which is held as long as it has a parked event; empty: the record has none
 * @param reason {@code HANDLER_FAILED}, {@code KEY_HELD} or the name of a {@link Decoded.Reason}
 * @param detail the class of the failure; never its message
 */
public record ParkedEvent(
        long id,
        String channel,
        Optional<String> subject,
        Optional<String> key,
        String topic,
        int partition,
        long offset,
        String reason,
        Optional<String> detail,
        Instant parkedAt) {}
