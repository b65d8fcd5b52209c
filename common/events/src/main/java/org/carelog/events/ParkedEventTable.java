package org.carelog.events;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.carelog.sql.Sql;

/** The table {@code parked_event}. Everything here belongs to the caller's transaction. Thread-safe. */
@Singleton
final class ParkedEventTable {
    private final Sql sql;

    ParkedEventTable(Sql sql) {
        this.sql = sql;
    }

    /** Whether one of these records has a key that is held on the channel. */
    boolean holdsAny(String channel, Iterable<ConsumerRecord<String, byte[]>> records) {
        if (sql.first("select 1 from parked_event where channel = ? limit 1", row -> 1, channel)
                .isEmpty()) {
            return false;
        }
        Collection<String> keys = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.key() != null) {
                keys.add(storable(record.key()));
            }
        }
        return sql.first(
                        "select 1 from parked_event where channel = ? and message_key = any (?) limit 1",
                        row -> 1,
                        channel,
                        keys.toArray(String[]::new))
                .isPresent();
    }

    boolean holds(String channel, String key) {
        return key != null
                && sql.first(
                                "select 1 from parked_event where channel = ? and message_key = ? limit 1",
                                row -> 1,
                                channel,
                                storable(key))
                        .isPresent();
    }

    /** Until the end of the transaction nobody else decides about this key: parks behind it, applies or releases it. */
    void lock(String channel, String key) {
        if (key != null) {
            sql.first("select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> 1, channel + " " + storable(key));
        }
    }

    /** Parks the record behind those of its key; one that is there already stays where it is. */
    void park(String channel, ConsumerRecord<String, byte[]> record, String reason, String detail) {
        Header[] headers = record.headers().toArray();
        String[] names = new String[headers.length];
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            names[i] = storable(headers[i].key());
            values[i] = headers[i].value();
        }
        sql.update(
                """
                insert into parked_event (channel, message_key, topic, partition_id, record_offset,
                                          header_names, header_values, value, reason, detail)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (channel, topic, partition_id, record_offset) do nothing
                """,
                channel,
                storable(record.key()),
                record.topic(),
                record.partition(),
                record.offset(),
                names,
                values,
                record.value(),
                reason,
                detail);
    }

    Optional<Row> first(String channel, String key) {
        return sql.first("""
                select id, header_names, header_values, value from parked_event
                where channel = ? and message_key = ? order by id limit 1
                """, ParkedEventTable::row, channel, key);
    }

    long count(String channel, String key) {
        return sql.first(
                        "select count(*) from parked_event where channel = ? and message_key = ?",
                        row -> row.getLong(1),
                        channel,
                        key)
                .orElseThrow();
    }

    List<ParkedEvent> list(int limit) {
        return sql.list(
                """
                select id, channel, message_key, topic, partition_id, record_offset, reason, detail, parked_at
                from parked_event order by id limit ?
                """,
                row -> new ParkedEvent(
                        row.getLong("id"),
                        row.getString("channel"),
                        Optional.ofNullable(row.getString("message_key")),
                        row.getString("topic"),
                        row.getInt("partition_id"),
                        row.getLong("record_offset"),
                        row.getString("reason"),
                        Optional.ofNullable(row.getString("detail")),
                        row.getTimestamp("parked_at").toInstant()),
                limit);
    }

    boolean delete(long id) {
        return sql.update("delete from parked_event where id = ?", id) == 1;
    }

    private static Row row(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray("header_names").getArray();
        byte[][] values = (byte[][]) row.getArray("header_values").getArray();
        Headers headers = new RecordHeaders();
        for (int i = 0; i < names.length; i++) {
            headers.add(names[i], values[i]);
        }
        return new Row(row.getLong("id"), headers, row.getBytes("value"));
    }

    /** PostgreSQL's text has no NUL; a key or header with one is not ours and is kept as near as can be. */
    private static String storable(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    /** The record of a parked event. */
    record Row(long id, Headers headers, byte[] value) {
        @Override
        public String toString() {
            return "parked event " + id;
        }
    }
}
