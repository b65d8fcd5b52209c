package org.carelog.audit.disclosure;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.carelog.sql.Sql;

/**
 * Up to where it is in the log what groups were handed. A place is moved from where the mover saw it, or not at all: of two
 * who look at the same time one notes it. Thread-safe.
 */
@Singleton
final class Places {
    private final Sql sql;

    Places(Sql sql) {
        this.sql = sql;
    }

    /** The offset from which on nothing is noted yet. */
    Map<GroupPartition, Long> all() {
        Map<GroupPartition, Long> places = new HashMap<>();
        sql.list(
                "select group_id, topic, partition_id, next_offset from disclosure_place",
                row -> places.put(
                        new GroupPartition(row.getString(1), row.getString(2), row.getInt(3)), row.getLong(4)));
        return places;
    }

    /** In the caller's transaction; false: another one has begun it. */
    boolean begin(GroupPartition where, long offset) {
        return sql.update("""
                insert into disclosure_place (group_id, topic, partition_id, next_offset) values (?, ?, ?, ?)
                on conflict do nothing
                """, where.group(), where.topic(), where.partition(), offset) == 1;
    }

    /** In the caller's transaction; false: another one has moved it. */
    boolean move(GroupPartition where, long from, long to) {
        return sql.update("""
                update disclosure_place set next_offset = ?
                where group_id = ? and topic = ? and partition_id = ? and next_offset = ?
                """, to, where.group(), where.topic(), where.partition(), from) == 1;
    }

    /** The group has no place any more. */
    void forget(GroupPartition where, long from) {
        sql.update("""
                delete from disclosure_place
                where group_id = ? and topic = ? and partition_id = ? and next_offset = ?
                """, where.group(), where.topic(), where.partition(), from);
    }
}
