package org.carelog.audit.identity;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.carelog.sql.Sql;

/** Up to when Keycloak's events are in the log, and which of those not long before. Thread-safe. */
@Singleton
final class SeenEvents {
    private final Sql sql;

    SeenEvents(Sql sql) {
        this.sql = sql;
    }

    /** The time of the last one. */
    Instant place(EventKind kind) {
        return sql.first(
                        "select place from identity_place where kind = ?",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        kind.path())
                .orElseThrow();
    }

    /** In the caller's transaction; false: another one has moved it. Until its end nobody else does. */
    boolean move(EventKind kind, Instant from, Instant to) {
        return sql.update("update identity_place set place = ? where kind = ? and place = ?", to, kind.path(), from)
                == 1;
    }

    /** Those of the events that are noted. */
    Set<String> known(EventKind kind, String[] ids) {
        return Set.copyOf(sql.list(
                "select event_id from identity_event where kind = ? and event_id = any (?)",
                row -> row.getString(1),
                kind.path(),
                ids));
    }

    /** Notes them, in the caller's transaction, and tells which were not noted. */
    Set<String> add(EventKind kind, String[] ids, Instant[] times) {
        return Set.copyOf(sql.list("""
                insert into identity_event (kind, event_id, at)
                select ?, id, at from unnest(?, ?) as event (id, at)
                on conflict do nothing
                returning event_id
                """, row -> row.getString(1), kind.path(), ids, times));
    }

    /** Those that are never read again. */
    void forget(EventKind kind, Instant before) {
        sql.update("delete from identity_event where kind = ? and at < ?", kind.path(), before);
    }
}
