package org.carelog.events;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    public Map<Version, Content> find(List<Version> versions) {
        Map<Version, Content> found = new HashMap<>();
        for (Version version : versions) {
            sql.first(
                            "select last_updated, content from trial_version where resource_id = ? and version_id = ?",
                            row -> new Content(row.getTimestamp(1).toInstant(), row.getBytes(2)),
                            version.id(),
                            version.number())
                    .ifPresent(content -> found.put(version, content));
        }
        return found;
    }
}
