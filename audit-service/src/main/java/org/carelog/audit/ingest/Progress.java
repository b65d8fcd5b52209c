package org.carelog.audit.ingest;

import jakarta.inject.Singleton;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.carelog.sql.Sql;

/** Where each partition is to be read on, kept by the transactions that took in what came before. Thread-safe. */
@Singleton
final class Progress {
    private final Sql sql;

    Progress(Sql sql) {
        this.sql = sql;
    }

    /** The offset to read on from; empty: the partition was never read. */
    OptionalLong nextOffset(TopicPartition partition) {
        return sql.first("""
                        select next_offset from ingest_progress where topic = ? and partition_id = ?
                        """, row -> row.getLong(1), partition.topic(), partition.partition())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Notes in the caller's transaction that everything before the offset is taken in. */
    void reached(TopicPartition partition, long nextOffset) {
        sql.update("""
                insert into ingest_progress (topic, partition_id, next_offset) values (?, ?, ?)
                on conflict (topic, partition_id) do update set next_offset = excluded.next_offset
                """, partition.topic(), partition.partition(), nextOffset);
    }
}
