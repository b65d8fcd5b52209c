package org.carelog.events;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.carelog.sql.Sql;

/** A copy as a service keeps one, which a test can make fail. */
@Singleton
final class TrialProjection {
    private final Sql sql;
    private final Set<String> poisonous = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    TrialProjection(Sql sql) {
        this.sql = sql;
    }

    void apply(List<ResourceChanged> events) {
        events.forEach(this::apply);
    }

    private void apply(ResourceChanged event) {
        attempts.merge(event.resourceId() + "/" + event.version(), 1, Integer::sum);
        sql.update("""
                insert into trial_copy as copy (resource_id, version_id, is_deleted) values (?, ?, ?)
                on conflict (resource_id) do update set
                    version_id = excluded.version_id, is_deleted = excluded.is_deleted, changes = copy.changes + 1
                where copy.version_id < excluded.version_id
                """, event.resourceId(), event.version(), event.change() == Change.DELETED);
        if (poisonous.contains(event.resourceId() + "/" + event.version())) {
            throw new IllegalArgumentException("secret of the record");
        }
    }

    void fail(String version) {
        poisonous.add(version);
    }

    void mend() {
        poisonous.clear();
    }

    int attempts(String version) {
        return attempts.getOrDefault(version, 0);
    }

    /** {@code 3 deleted after 2 changes}, or nothing. */
    String state(String id) {
        return sql.first(
                        "select version_id, is_deleted, changes from trial_copy where resource_id = ?",
                        row -> "%d%s after %d changes"
                                .formatted(row.getLong(1), row.getBoolean(2) ? " deleted" : "", row.getInt(3)),
                        id)
                .orElse("nothing");
    }
}
