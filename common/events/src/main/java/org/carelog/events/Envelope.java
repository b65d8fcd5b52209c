package org.carelog.events;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A {@link ResourceChanged} as a Kafka record:
 * <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 * 1.0, binary mode</a>. Readers ignore headers they do not know, and of a header that is there twice take the last.
 */
public final class Envelope {
    static final String SPEC_VERSION = "ce_specversion";
    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String SUBJECT = "ce_subject";
    static final String TIME = "ce_time";
    static final String SEQUENCE = "ce_sequence";
    static final String PARTITION_KEY = "ce_partitionkey";
    static final String DATA_SCHEMA = "ce_dataschema";
    static final String TRACE_PARENT = "traceparent";
    static final String CONTENT_TYPE = "content-type";

    /** The {@code $id} of the files in docs/events/schemas. */
    private static final String RESOURCE_SCHEMA = "urn:carelog:schema:resource:v1";

    private static final String DELETION_SCHEMA = "urn:carelog:schema:deletion:v1";

    private static final Pattern EVENT_TYPE =
            Pattern.compile("org\\.carelog\\.fhir\\.r4\\.([A-Za-z]+)\\.([a-z]+)\\.v1");
    private static final Pattern RESOURCE_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
    private static final Pattern SUBJECT_FORM = Pattern.compile("[A-Z][A-Za-z]{0,63}/" + RESOURCE_ID);
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

    private Envelope() {}

    /** The id that this version's event has on every delivery. */
    public static String idOf(String source, String type, String resourceId, long version) {
        return NameUuid.of(source + "/" + type + "/" + resourceId + "/" + version)
                .toString();
    }

    /** The record for a topic; the partition is left to the key. */
    public static ProducerRecord<String, byte[]> encode(String topic, String key, ResourceChanged event) {
        return encode(topic, key, key, event, null);
    }

    /**
     * The record for a topic; the partition is left to the key.
     *
     * @param partitionKey what it is to be grouped by
     * @param traceparent the trace in which the version was written; null: none
     */
    static ProducerRecord<String, byte[]> encode(
            String topic, String key, String partitionKey, ResourceChanged event, String traceparent) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, event.content());
        Headers headers = record.headers();
        put(headers, SPEC_VERSION, "1.0");
        put(headers, ID, event.id());
        put(headers, SOURCE, event.source());
        put(
                headers,
                TYPE,
                "org.carelog.fhir.r4." + event.type() + "." + event.change().word() + ".v1");
        put(headers, SUBJECT, event.reference());
        put(headers, TIME, event.time().toString());
        put(headers, SEQUENCE, Long.toString(event.version()));
        put(headers, PARTITION_KEY, partitionKey);
        put(headers, DATA_SCHEMA, event.change() == Change.DELETED ? DELETION_SCHEMA : RESOURCE_SCHEMA);
        put(headers, CONTENT_TYPE, "application/fhir+json");
        if (traceparent != null) {
            put(headers, TRACE_PARENT, traceparent);
        }
        return record;
    }

    /** The event in a record, or why there is none; never fails, whatever the bytes. The content is not parsed. */
    public static Decoded decode(ConsumerRecord<?, byte[]> record) {
        return decode(record.headers(), record.value());
    }

    static Decoded decode(Headers headers, byte[] value) {
        if (value == null) {
            return new Decoded.Unreadable(Decoded.Reason.NULL_VALUE);
        }
        String specVersion = get(headers, SPEC_VERSION);
        String id = get(headers, ID);
        String source = get(headers, SOURCE);
        String eventType = get(headers, TYPE);
        String subject = get(headers, SUBJECT);
        String time = get(headers, TIME);
        String sequence = get(headers, SEQUENCE);
        if (specVersion.isEmpty()
                || id.isEmpty()
                || source.isEmpty()
                || eventType.isEmpty()
                || subject.isEmpty()
                || time.isEmpty()
                || sequence.isEmpty()) {
            return new Decoded.Unreadable(Decoded.Reason.HEADER_MISSING);
        }
        if (!specVersion.equals("1.0")) {
            return new Decoded.Unreadable(Decoded.Reason.SPEC_VERSION_UNKNOWN);
        }
        Matcher type = EVENT_TYPE.matcher(eventType);
        Optional<Change> change = type.matches() ? Change.ofWord(type.group(2)) : Optional.empty();
        if (change.isEmpty()) {
            return new Decoded.Unreadable(Decoded.Reason.TYPE_UNKNOWN);
        }
        String prefix = type.group(1) + "/";
        if (!subject.startsWith(prefix)
                || !RESOURCE_ID.matcher(subject.substring(prefix.length())).matches()) {
            return new Decoded.Unreadable(Decoded.Reason.SUBJECT_INVALID);
        }
        if (!VERSION.matcher(sequence).matches()) {
            return new Decoded.Unreadable(Decoded.Reason.SEQUENCE_INVALID);
        }
        return instant(time)
                .<Decoded>map(at -> new Decoded.Event(new ResourceChanged(
                        id,
                        source,
                        type.group(1),
                        subject.substring(prefix.length()),
                        Long.parseLong(sequence),
                        change.get(),
                        at,
                        value)))
                .orElse(new Decoded.Unreadable(Decoded.Reason.TIME_INVALID));
    }

    /** What a record says it is about, if it says so as our events do. */
    static Optional<String> subject(Headers headers) {
        return Optional.of(get(headers, SUBJECT)).filter(SUBJECT_FORM.asMatchPredicate());
    }

    /** The trace in which the version was written; empty: it is not known. */
    static String traceparent(Headers headers) {
        return get(headers, TRACE_PARENT);
    }

    private static Optional<Instant> instant(String time) {
        try {
            return Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
