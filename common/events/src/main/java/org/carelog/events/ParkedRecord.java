package org.carelog.events;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A row of {@code parked_event}: a record as it came, and why it was not applied. It holds patient data. */
@Entity(name = "ParkedRecord")
@Table(name = "parked_event")
class ParkedRecord {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String channel;

    @Column(name = "message_key")
    private String key;

    private String topic;

    @Column(name = "partition_id")
    private int partition;

    @Column(name = "record_offset")
    private long offset;

    @Column(name = "header_names")
    private String[] headerNames;

    @Column(name = "header_values")
    private byte[][] headerValues;

    /** Up to 6 MB, which a list of parked events does not read. */
    @Basic(fetch = FetchType.LAZY)
    private byte[] value;

    private String reason;
    private String detail;

    @Column(name = "parked_at")
    private Instant parkedAt;

    /** For Hibernate. */
    protected ParkedRecord() {}

    ParkedRecord(String channel, ConsumerRecord<String, byte[]> record, String reason, String detail) {
        this.channel = channel;
        this.key = storable(record.key());
        this.topic = record.topic();
        this.partition = record.partition();
        this.offset = record.offset();
        Header[] headers = record.headers().toArray();
        this.headerNames = new String[headers.length];
        this.headerValues = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            headerNames[i] = storable(headers[i].key());
            headerValues[i] = headers[i].value();
        }
        this.value = record.value();
        this.reason = reason;
        this.detail = detail;
        this.parkedAt = ServiceClock.now();
    }

    /** PostgreSQL's text has no NUL; a key or header with one is not ours and is kept as near as can be. */
    static String storable(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    /** What the record is to consumers, just as it was when it came. */
    Decoded decode() {
        return Envelope.decode(headers(), value);
    }

    private Headers headers() {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < headerNames.length; i++) {
            headers.add(headerNames[i], headerValues[i]);
        }
        return headers;
    }

    /** What an operator is shown: no content. */
    ParkedEvent toEvent() {
        return new ParkedEvent(
                id,
                channel,
                Envelope.subject(headers()),
                Optional.ofNullable(key),
                topic,
                partition,
                offset,
                reason,
                Optional.ofNullable(detail),
                parkedAt);
    }

    @Override
    public String toString() {
        return "parked event " + id;
    }
}
