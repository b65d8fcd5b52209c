package org.carelog.events;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.sql.Sql;

/** What the tests' service has, as it is; an hundred resources are too large to be read at once. */
@Singleton
final class TrialState implements PublishedState {
    private static final int ENOUGH = 100;

    private final Sql sql;

    TrialState(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<Resource, State> find(List<Resource> resources) {
        Map<Resource, State> found = new HashMap<>();
        for (Resource resource : resources.subList(0, Math.min(ENOUGH, resources.size()))) {
            sql.first(
                            """
                            select version_id, last_updated, content from trial_version
                            where resource_id = ? order by version_id desc limit 1
                            """,
                            row -> new State(
                                    row.getLong(1),
                                    Change.UPDATED,
                                    null,
                                    new PublishedContent.Content(
                                            row.getTimestamp(2).toInstant(), row.getBytes(3))),
                            resource.id())
                    .ifPresent(state -> found.put(resource, state));
        }
        return found;
    }

    /** By the order of their ids, which are numbers behind a letter. */
    @Override
    public List<Found> owned(long after, int atMost) {
        return sql.list(
                """
                select distinct substring(resource_id, 2)::bigint as number, resource_id from trial_version
                where resource_id ~ '^r[0-9]+$' and substring(resource_id, 2)::bigint > ? order by 1 limit ?
                """, row -> new Found(row.getLong(1), new Resource("Encounter", row.getString(2))), after, atMost);
    }
}
