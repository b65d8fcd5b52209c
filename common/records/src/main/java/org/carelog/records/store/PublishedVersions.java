package org.carelog.records.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carelog.events.PublishedContent;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/** What an event says of a version: the bytes of the history. */
@ApplicationScoped
class PublishedVersions implements PublishedContent {
    /** So many bytes of contents are enough; one more version may go beyond. */
    static final long ENOUGH = 4L << 20;

    private final Sql sql;

    PublishedVersions(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Map<Version, Content> find(List<Version> versions) {
        Map<Version, Content> found = HashMap.newHashMap(versions.size());
        // the length of a content is known without reading it
        sql.list(
                """
                select type, id, version, last_updated, content
                from (
                    select type, id, version, place, v.last_updated, v.content,
                        sum(octet_length(v.content)) over (order by place) - octet_length(v.content) as before
                    from unnest(?, ?, ?::bigint[]) with ordinality as wanted (type, id, version, place)
                    cross join lateral (
                        select v.last_updated, v.content
                        from resource r join resource_version v on v.resource_key = r.resource_key
                        where r.resource_type = wanted.type and r.resource_id = wanted.id
                            and v.version_id = wanted.version
                        limit 1) v) read
                where before < ?
                """,
                row -> found.put(
                        new Version(row.getString(1), row.getString(2), row.getLong(3)),
                        new Content(row.getObject(4, OffsetDateTime.class).toInstant(), row.getBytes(5))),
                Columns.strings(versions, Version::type),
                Columns.strings(versions, Version::id),
                Columns.longs(versions, Version::number),
                ENOUGH);
        return found;
    }
}
