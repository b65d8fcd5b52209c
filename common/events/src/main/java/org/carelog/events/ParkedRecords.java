package org.carelog.events;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.carelog.sql.Sql;

/**
 * The records that are parked. All is rare but {@link #holdsAny}, which every batch asks, and which is therefore plain
 * SQL. Everything here belongs to the caller's transaction, of which both have the one connection. Thread-safe.
 */
@ApplicationScoped
class ParkedRecords implements PanacheRepository<ParkedRecord> {
    private final Sql sql;

    ParkedRecords(Sql sql) {
        this.sql = sql;
    }

    /** Whether one of these records has a key that is held on the channel. */
    boolean holdsAny(String channel, Iterable<ConsumerRecord<String, byte[]>> records) {
        if (sql.first("select 1 from parked_event where channel = ? limit 1", row -> 1, channel)
                .isEmpty()) {
            return false;
        }
        List<String> keys = StreamSupport.stream(records.spliterator(), false)
                .map(ConsumerRecord::key)
                .filter(key -> key != null)
                .map(ParkedRecord::storable)
                .toList();
        return count("channel = ?1 and key in ?2", channel, keys) > 0;
    }

    boolean holds(String channel, String key) {
        return key != null && countOf(channel, ParkedRecord.storable(key)) > 0;
    }

    long countOf(String channel, String key) {
        return count("channel = ?1 and key = ?2", channel, key);
    }

    /** Until the end of the transaction nobody else decides about this key: parks behind it, applies or releases it. */
    void lock(String channel, String key) {
        if (key != null) {
            sql.first(
                    "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                    row -> 1,
                    channel + " " + ParkedRecord.storable(key));
        }
    }

    /** Parks the record behind those of its key; one that is there already stays where it is. */
    void park(String channel, ConsumerRecord<String, byte[]> record, String reason, String detail) {
        boolean parked = count(
                        "channel = ?1 and topic = ?2 and partition = ?3 and offset = ?4",
                        channel,
                        record.topic(),
                        record.partition(),
                        record.offset())
                > 0;
        if (!parked) {
            persist(new ParkedRecord(channel, record, reason, detail));
        }
    }

    /** The one that all others of the key wait for. */
    Optional<ParkedRecord> firstOf(String channel, String key) {
        return find("channel = ?1 and key = ?2", Sort.by("id"), channel, key).firstResultOptional();
    }

    Map<String, Long> counts() {
        return sql
                .list(
                        "select channel, count(*) from parked_event group by channel",
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    List<ParkedRecord> oldest(int limit) {
        return findAll(Sort.by("id")).page(0, limit).list();
    }
}
