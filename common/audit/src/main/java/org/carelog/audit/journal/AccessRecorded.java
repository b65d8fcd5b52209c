package org.carelog.audit.journal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A sealed entry as it is published: {@code docs/events/carelog.access.recorded.v1.md}, CloudEvents 1.0 in binary mode.
 * The arrays are not copied and must not be changed.
 *
 * @param source the service whose sequence it is
 * @param seq its number there, from 1, without a hole
 * @param previousHash the hash of the entry before it, or the start of the chain
 * @param hash the entry's own, as its service sealed it
 * @param entry an {@link Access} as {@link AccessJson}, the exact bytes that are hashed
 */
@SuppressWarnings("ArrayRecordComponent")
public record AccessRecorded(String source, long seq, byte[] previousHash, byte[] hash, byte[] entry) {
    private static final String TYPE = "org.carelog.access.recorded.v1";
    private static final String SOURCE_PREFIX = "urn:carelog:";
    private static final Pattern SEQ = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** The record for the topic. All of a source go to one partition, in order. */
    public ProducerRecord<String, byte[]> toRecord(String topic) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, source, entry);
        Headers headers = record.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", Long.toString(seq));
        put(headers, "ce_source", SOURCE_PREFIX + source);
        put(headers, "ce_type", TYPE);
        put(headers, "ce_sequence", Long.toString(seq));
        put(headers, "ce_previoushash", HexFormat.of().formatHex(previousHash));
        put(headers, "ce_hash", HexFormat.of().formatHex(hash));
        put(headers, "content-type", "application/json");
        return record;
    }

    /** The entry in a record, if it has the form; whether its hashes are right is not looked at. */
    public static Optional<AccessRecorded> of(ConsumerRecord<?, byte[]> record) {
        Headers headers = record.headers();
        String source = get(headers, "ce_source");
        String seq = get(headers, "ce_sequence");
        String previousHash = get(headers, "ce_previoushash");
        String hash = get(headers, "ce_hash");
        if (record.value() == null
                || !get(headers, "ce_specversion").equals("1.0")
                || !get(headers, "ce_type").equals(TYPE)
                || !source.startsWith(SOURCE_PREFIX)
                || !SOURCE.matcher(source.substring(SOURCE_PREFIX.length())).matches()
                || !SEQ.matcher(seq).matches()
                || !HASH.matcher(previousHash).matches()
                || !HASH.matcher(hash).matches()) {
            return Optional.empty();
        }
        return Optional.of(new AccessRecorded(
                source.substring(SOURCE_PREFIX.length()),
                Long.parseLong(seq),
                HexFormat.of().parseHex(previousHash),
                HexFormat.of().parseHex(hash),
                record.value()));
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String get(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AccessRecorded[" + source + "/" + seq + "]";
    }
}
