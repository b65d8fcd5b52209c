package org.carelog.events;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.carelog.sql.Sql;

/** The history of the tests' service. */
@Singleton
final class TrialHistory implements PublishedContent {
    private final Sql sql;

    TrialHistory(Sql sql) {
        this.sql = sql;
    }

    void write(String id, long version) {
        sql.update(
                "insert into trial_version values (?, ?, now(), ?)",
                id,
                version,
                OverlappingWriters.content(id, version));
    }

    @Override
    public Optional<Content> find(String type, String id, long version) {
        return sql.first(
                "select last_updated, content from trial_version where resource_id = ? and version_id = ?",
                row -> new Content(row.getTimestamp(1).toInstant(), row.getBytes(2)),
                id,
                version);
    }
}
