package org.carelog.system.history;

import java.util.Map;

/** A record of a {@code changed} topic, as any consumer reads it. */
@SuppressWarnings("ArrayRecordComponent")
public record Event(int partition, long offset, long timestamp, String key, Map<String, String> headers, byte[] value) {

    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The version it tells of; of what has no such headers, a version that nobody has. */
    public Version version() {
        String[] subject = header("ce_subject").split("/", 2);
        String sequence = header("ce_sequence");
        return subject.length == 2 && sequence.matches("[1-9][0-9]{0,17}")
                ? new Reference(subject[0], subject[1]).version(Long.parseLong(sequence))
                : new Reference("none", toString()).version(0);
    }

    @Override
    public String toString() {
        return header("ce_subject") + "/_history/" + header("ce_sequence") + " at " + partition + ":" + offset;
    }
}
